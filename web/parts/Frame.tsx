import { useQueryClient } from '@tanstack/react-query'
import { Navigate, Outlet, useLocation, useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { startLive, useLive } from '../live.ts'
import { paths } from '../paths.ts'
import { statusOf } from '../problem.ts'
import { KeysOverlay } from '../ui/KeysOverlay.tsx'
import { type Binding, useAbout, useKeyboard, useKeys, useKeyTable } from '../ui/keys.ts'
import { Palette } from '../ui/Palette.tsx'
import { Failed } from '../ui/States.tsx'
import { ZoneProvider } from '../ui/Time.tsx'
import { BottomBar } from './BottomBar.tsx'
import styles from './Frame.module.css'
import { useFind, useMe } from './frame-data.ts'
import { Notices } from './Notices.tsx'
import type { NavEntry } from './nav.ts'
import { SideBar } from './SideBar.tsx'
import { TopBar } from './TopBar.tsx'

type Overlay = { name: 'palette' | 'keys'; table: readonly Binding[]; about: string | undefined }

/** The feed belongs to a session: it begins when somebody is signed in, and when it is lost it may be that nobody is any more. */
const useFeed = (me: ReturnType<typeof useMe>) => {
  const client = useQueryClient()
  const { connection } = useLive()
  const { refetch } = me
  const id = me.data?.id
  useEffect(() => (id ? startLive(client) : undefined), [client, id])
  useEffect(() => {
    if (connection === 'lost') void refetch()
  }, [connection, refetch])
}

/** Everything around a page: top bar, side bar (a bottom bar on a phone), palette, keys. For those who are signed in. */
export function Frame({ nav: all }: { nav: readonly NavEntry[] }) {
  const me = useMe()
  const nav = all.filter(({ may }) => !may || !me.data || me.data.may[may])
  const find = useFind()
  const navigate = useNavigate()
  const location = useLocation()
  // A big screen on a wall shows a page and nothing around it but what could mislead.
  const wall = (location.search as Record<string, unknown>).wall === '1'
  const table = useKeyTable()
  const about = useAbout()
  const [overlay, setOverlay] = useState<Overlay>()
  // What is bound below is taken before the overlay opens, because an open overlay has keys of its own.
  const open = (name: Overlay['name']) => setOverlay({ name, table, about })
  const close = () => setOverlay(undefined)
  useFeed(me)
  useKeyboard()
  useKeys(
    [
      { key: 'mod+k', label: 'Find or do anything', kind: 'move', run: () => open('palette') },
      { key: '/', label: 'Find', kind: 'move', run: () => open('palette') },
      { key: '?', label: 'Keys of this page', kind: 'move', run: () => open('keys') },
      ...nav.map((entry) => ({
        key: entry.k,
        label: entry.label,
        kind: 'go' as const,
        run: () => void navigate({ to: entry.to }),
      })),
      { label: 'My contact methods', kind: 'go', run: () => void navigate({ to: paths.contactMethods() }) },
    ],
    { level: 'frame' },
  )
  if (statusOf(me.error) === 401)
    return location.pathname === paths.signIn() ? null : <Navigate to={paths.signIn(location.href)} replace />
  return (
    <ZoneProvider zone={me.data?.zone}>
      <div className={styles.frame} data-wall={wall || undefined}>
        <a href="#main" className={styles.skip}>
          Skip to the page
        </a>
        {!wall && <TopBar me={me.data} onFind={() => open('palette')} onKeys={() => open('keys')} />}
        <Notices />
        {!wall && <SideBar nav={nav} />}
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so it must be reachable by keyboard */}
        <main id="main" className={styles.main} tabIndex={0}>
          {me.isError && !me.data ? (
            <Failed what="Watchfloor could not be reached." error={me.error} retry={() => void me.refetch()} />
          ) : (
            <Outlet />
          )}
        </main>
        {!wall && <BottomBar nav={nav} me={me.data} onFind={() => open('palette')} />}
      </div>
      <Palette
        opened={overlay?.name === 'palette'}
        onClose={close}
        table={overlay?.table ?? []}
        context={overlay?.about}
        find={find}
      />
      <KeysOverlay opened={overlay?.name === 'keys'} onClose={close} table={overlay?.table ?? []} />
    </ZoneProvider>
  )
}
