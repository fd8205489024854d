import { Link } from '@tanstack/react-router'
import { paths } from '../paths.ts'
import { Kbd } from '../ui/Kbd.tsx'
import { Clock } from '../ui/Time.tsx'
import styles from './Frame.module.css'
import { type Me, usePlaces } from './frame-data.ts'
import { MeMenu } from './MeMenu.tsx'
import { OnCallChip } from './OnCallChip.tsx'

export const Brand = () => (
  <Link to={paths.floor()} className={styles.brand}>
    <i aria-hidden="true" />
    Watchfloor
  </Link>
)

export function TopBar({ me, onFind, onKeys }: { me: Me | undefined; onFind: () => void; onKeys: () => void }) {
  const places = usePlaces()
  return (
    <header className={styles.top}>
      <Brand />
      <button type="button" className={styles.find} onClick={onFind} aria-keyshortcuts="Control+K /">
        Find or do anything
        <Kbd k="mod+k" />
      </button>
      <div className={styles.clocks}>
        {places.data?.map((place) => (
          <Clock key={place.name} {...place} />
        ))}
      </div>
      <OnCallChip />
      <MeMenu me={me} onKeys={onKeys} />
    </header>
  )
}
