import { Link, Outlet, useLocation, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Permission } from '../../contract/permissions.ts'
import { paths } from '../paths.ts'
import { KeysOverlay } from '../ui/KeysOverlay.tsx'
import { type Binding, boundNow, useKeyboard, useKeys } from '../ui/keys.ts'
import { ZoneProvider } from '../ui/Time.tsx'
import { type CountName, type Me, useCounts } from './frame-data.ts'
import type { IconName } from './icons.tsx'
import { MeMenu } from './MeMenu.tsx'
import { Notices } from './Notices.tsx'
import { isHere } from './nav.ts'
import { PortalBar } from './PortalBar.tsx'
import styles from './PortalFrame.module.css'
import { useFeed } from './use-feed.ts'
import { useUp } from './use-up.ts'

/** An entry of the bar of those who ask. */
export type PortalEntry = {
  label: string
  /** On a phone's bar. */
  short?: string
  to: string
  icon: IconName
  k: string
  /** Without this permission it is not shown. */
  may?: Permission
  /** It stands there only while it counts something, and on its own page. */
  count?: CountName
}

/** More of them have room by their short names alone. */
const MOST_WHOLE = 5

/** Everything around a page for those who ask: the way home and to a report, and themselves. One column, for a thumb. */
export function PortalFrame({ me, entries: all }: { me: Me; entries: readonly PortalEntry[] }) {
  const { pathname } = useLocation()
  const counts = useCounts()
  const entries = all
    .filter(({ may }) => !may || me.may[may])
    .filter(({ count, to }) => !count || counts[count] || isHere({ to }, pathname))
  const [keys, setKeys] = useState<readonly Binding[]>()
  const navigate = useNavigate()
  useFeed()
  useKeyboard()
  useUp({ asks: true })
  useKeys(
    [
      { key: '?', label: 'Keys of this page', kind: 'move', run: () => setKeys(boundNow().table) },
      ...entries.map(({ label, to, k }) => ({ key: k, label, kind: 'go' as const, run: () => void navigate({ to }) })),
    ],
    { level: 'frame' },
  )
  return (
    <ZoneProvider zone={me.zone}>
      <div className={styles.frame}>
        <a href="#main" className={styles.skip}>
          Skip to the page
        </a>
        <header className={styles.top}>
          <div className={styles.in}>
            <Link to={paths.floor()} className={styles.brand}>
              <i aria-hidden="true" />
              Watchfloor
            </Link>
            <nav aria-label="Main" className={styles.nav}>
              {entries.map(({ label, short = label, to, count }) => (
                <Link key={to} to={to} aria-current={isHere({ to }, pathname) ? 'page' : undefined}>
                  {entries.length > MOST_WHOLE ? short : label} {count && counts[count]?.text}
                </Link>
              ))}
            </nav>
            <MeMenu me={me} />
          </div>
        </header>
        <Notices />
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so it must be reachable by keyboard */}
        <main id="main" className={styles.main} tabIndex={0}>
          <div className={styles.column}>
            <Outlet />
          </div>
        </main>
        <PortalBar me={me} entries={entries} />
      </div>
      <KeysOverlay opened={keys !== undefined} onClose={() => setKeys(undefined)} table={keys ?? []} />
    </ZoneProvider>
  )
}
