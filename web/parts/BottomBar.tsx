import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { Link, useLocation } from '@tanstack/react-router'
import { paths } from '../paths.ts'
import { Sheet } from '../ui/Dialog.tsx'
import styles from './Frame.module.css'
import { type Me, useCounts } from './frame-data.ts'
import { Icon } from './icons.tsx'
import { SchemeChoice, useSignOut } from './MeMenu.tsx'
import { isHere, type NavEntry } from './nav.ts'

/** A phone's side bar: four entries in reach of the thumb, and everything else behind the fifth. */
export function BottomBar({ nav, me, onFind }: { nav: readonly NavEntry[]; me: Me | undefined; onFind: () => void }) {
  const [opened, { open, close }] = useDisclosure()
  const { pathname } = useLocation()
  const counts = useCounts()
  const signOut = useSignOut()
  const shown = nav.filter((one) => one.phone).slice(0, 4)
  const rest = nav.filter((one) => !shown.includes(one))
  return (
    <nav className={styles.bottom} aria-label="Main, bottom">
      {shown.map((one) => (
        <Link
          key={one.to}
          to={one.to}
          className={styles.thumb}
          aria-current={isHere(one, pathname) ? 'page' : undefined}
        >
          <Icon name={one.icon} size={18} />
          {one.label}
          {one.count && counts[one.count]?.hot && (
            <i>
              <span className="sr-only">needs someone now</span>
            </i>
          )}
        </Link>
      ))}
      <button
        type="button"
        className={styles.thumb}
        aria-expanded={opened}
        aria-current={rest.some((one) => isHere(one, pathname)) ? 'true' : undefined}
        onClick={open}
      >
        <Icon name="more" size={18} />
        More
      </button>
      <Sheet opened={opened} onClose={close} from="bottom" title={me?.name ?? 'More'}>
        <div className={styles.more}>
          <Button
            onClick={() => {
              close()
              onFind()
            }}
          >
            Find or do anything
          </Button>
          {rest.map((one) => (
            <Link key={one.to} to={one.to} className={styles.moreEntry} onClick={close}>
              <Icon name={one.icon} size={18} />
              {one.label}
            </Link>
          ))}
          <Link to={paths.contactMethods()} className={styles.moreEntry} onClick={close}>
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
