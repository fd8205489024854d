import { Navigate, Outlet, useLocation, useNavigate } from '@tanstack/react-router'
import { type ComponentType, Suspense, useEffect, useRef, useState } from 'react'
import { paths } from '../paths.ts'
import { statusOf } from '../problem.ts'
import { KeysOverlay } from '../ui/KeysOverlay.tsx'
import { type Binding, boundNow, useKeyboard, useKeys, whenOffered } from '../ui/keys.ts'
import { Palette } from '../ui/Palette.tsx'
import { Failed } from '../ui/States.tsx'
import { ZoneProvider } from '../ui/Time.tsx'
import { BottomBar } from './BottomBar.tsx'
import { asksOnly } from './by-reader.tsx'
import styles from './Frame.module.css'
import { useFind, useMe } from './frame-data.ts'
import { useSignOut } from './MeMenu.tsx'
import { Notices } from './Notices.tsx'
import type { Anywhere, NavEntry } from './nav.ts'
import { type PortalEntry, PortalFrame } from './PortalFrame.tsx'
import { SideBar } from './SideBar.tsx'
import { TopBar } from './TopBar.tsx'
import { useFeed } from './use-feed.ts'
import { useUp } from './use-up.ts'

type Overlay = { name: 'palette' | 'keys'; table: readonly Binding[]; about: string | undefined }

/** Everything around a page, for those who are signed in: of the desk, or of those who ask. */
export function Frame({
  nav,
  anywhere,
  portal,
  signInAgain: SignInAgain,
}: {
  nav: readonly NavEntry[]
  anywhere: readonly Anywhere[]
  portal: readonly PortalEntry[]
  signInAgain: ComponentType
}) {
  const { data: me, error } = useMe()
  const location = useLocation()
  const first = useRef(me?.id)
  const isOther = first.current !== undefined && me !== undefined && me.id !== first.current
  useEffect(() => {
    // Somebody else has signed in meanwhile, here or in another tab: nothing of the one before is to stay in memory.
    if (isOther) window.location.reload()
    first.current ??= me?.id
  }, [me, isOther])
  // Nor is a form to keep what the one before wrote in it as a draft of the other.
  if (isOther) return null
  const nobody = statusOf(error) === 401
  if (nobody && !me)
    return location.pathname === paths.signIn() ? null : <Navigate to={paths.signIn(location.href)} replace />
  return (
    <>
      {me && asksOnly(me) ? <PortalFrame me={me} entries={portal} /> : <DeskFrame nav={nav} anywhere={anywhere} />}
      {/* The session has ended below a page in which somebody may have written: that stays as it is. */}
      {nobody && (
        <Suspense>
          <SignInAgain />
        </Suspense>
      )}
    </>
  )
}

/** Top bar, side bar (a bottom bar on a phone), palette, keys. */
function DeskFrame({ nav: all, anywhere }: { nav: readonly NavEntry[]; anywhere: readonly Anywhere[] }) {
  const me = useMe()
  const nav = all.filter(({ may }) => !may || !me.data || me.data.may[may])
  const find = useFind()
  const navigate = useNavigate()
  const signOut = useSignOut()
  const location = useLocation()
  // A big screen on a wall shows a page and nothing around it but what could mislead.
  const wall = (location.search as Record<string, unknown>).wall === '1'
  const [overlay, setOverlay] = useState<Overlay>()
  // What is bound below is taken before the overlay opens, because an open overlay has keys of its own.
  const open = (name: Overlay['name']) => setOverlay({ name, ...boundNow() })
  const close = () => setOverlay(undefined)
  useFeed()
  useKeyboard()
  useUp({ asks: false })
  useKeys(
    [
      { key: 'mod+k', label: 'Find or do anything', kind: 'move', run: () => open('palette') },
      { key: '/', label: 'Find', kind: 'move', run: () => open('palette') },
      { key: '?', label: 'Keys of this page', kind: 'move', run: () => open('keys') },
      ...nav.map((entry) => ({
        key: entry.k,
        label: entry.label,
        kind: 'go' as const,
        also: entry.also ?? '',
        run: () => void navigate({ to: entry.to }),
      })),
      { key: 'p', label: 'Log a phone call', kind: 'go', run: () => void navigate({ to: paths.phoneLog() }) },
      ...anywhere
        .filter(({ may }) => me.data?.may[may])
        .map(({ label, kind, also = '', to, search = {}, act }) => ({
          label,
          kind,
          also,
          run: () => void navigate({ to, search: search as never }).then(() => act && whenOffered(act)),
        })),
      { label: 'Sign out', kind: 'do', also: 'log out leave', run: () => void signOut() },
    ],
    { level: 'frame' },
  )
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
