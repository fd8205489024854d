import { Link, useLocation } from '@tanstack/react-router'
import { ariaKey } from '../ui/Kbd.tsx'
import styles from './Frame.module.css'
import { useCounts } from './frame-data.ts'
import { Icon } from './icons.tsx'
import { isHere, type NavEntry } from './nav.ts'

/** Where one can go, with counts; a count is red only when something in it needs a person now. */
export function SideBar({ nav }: { nav: readonly NavEntry[] }) {
  const { pathname } = useLocation()
  const counts = useCounts()
  const entry = (one: NavEntry) => {
    const count = one.count && counts[one.count]
    return (
      <Link
        key={one.to}
        to={one.to}
        className={styles.entry}
        aria-current={isHere(one, pathname) ? 'page' : undefined}
        aria-keyshortcuts={ariaKey(one.k)}
        title={`${one.label} (${one.k})`}
      >
        <Icon name={one.icon} />
        <span className={styles.entryLabel}>{one.label}</span>
        {count && (
          <em data-hot={count.hot || undefined}>
            {count.text}
            {count.hot && <span className="sr-only"> needs someone now</span>}
          </em>
        )}
      </Link>
    )
  }
  return (
    <nav className={styles.side} aria-label="Main">
      {nav.filter((one) => one.group === 'now').map(entry)}
      {nav.some((one) => one.group === 'plan') && <div className={styles.group}>Plan and learn</div>}
      {nav.filter((one) => one.group === 'plan').map(entry)}
    </nav>
  )
}
