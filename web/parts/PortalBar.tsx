import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { Link, useLocation } from '@tanstack/react-router'
import { paths } from '../paths.ts'
import { Sheet } from '../ui/Dialog.tsx'
import frame from './Frame.module.css'
import type { Me } from './frame-data.ts'
import { Icon } from './icons.tsx'
import { SchemeChoice, useSignOut } from './MeMenu.tsx'
import { isHere } from './nav.ts'
import styles from './PortalFrame.module.css'
import type { PortalEntry } from './PortalFrame.tsx'

/** Beside More, the fifth: more would be too narrow for a thumb. */
const MOST = 4

/** The bar of those who ask on a phone, in reach of the thumb; what has no room there stands under More. */
export function PortalBar({ me, entries }: { me: Me; entries: readonly PortalEntry[] }) {
  const [opened, { open, close }] = useDisclosure()
  const { pathname } = useLocation()
  const signOut = useSignOut()
  const [first, rest] = [entries.slice(0, MOST), entries.slice(MOST)]
  return (
    <nav className={styles.bottom} aria-label="Main, bottom">
      {first.map(({ label, short = label, to, icon }) => (
        <Link key={to} to={to} className={frame.thumb} aria-current={isHere({ to }, pathname) ? 'page' : undefined}>
          <Icon name={icon} size={18} />
          {short}
        </Link>
      ))}
      <button
        type="button"
        className={frame.thumb}
        aria-expanded={opened}
        aria-current={rest.some((one) => isHere(one, pathname)) ? 'true' : undefined}
        onClick={open}
      >
        <Icon name="more" size={18} />
        More
      </button>
      <Sheet opened={opened} onClose={close} from="bottom" title={me.name}>
        <div className={frame.more}>
          {rest.map(({ label, to, icon }) => (
            <Link key={to} to={to} className={frame.moreEntry} onClick={close}>
              <Icon name={icon} size={18} />
              {label}
            </Link>
          ))}
          <Link to={paths.contactMethods()} className={frame.moreEntry} onClick={close}>
            <Icon name="reached" size={18} />
            My contact methods
          </Link>
          <SchemeChoice />
          <Button onClick={() => void signOut()}>Sign out</Button>
        </div>
      </Sheet>
    </nav>
  )
}
