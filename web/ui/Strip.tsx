import styles from './Strip.module.css'
import { type StripCell, stripWords, summary } from './strip.ts'
import { useZone } from './Time.tsx'
import { absolute, span } from './time.ts'

/** What happened over time, a cell for each stretch. Green is quiet, so that trouble is what one sees. */
export function Strip({ label, cells, tall = false }: { label: string; cells: readonly StripCell[]; tall?: boolean }) {
  const zone = useZone()
  return (
    <div
      className={styles.strip}
      data-tall={tall || undefined}
      // So many stripes would shimmer: they stand closer where there is little room.
      data-many={cells.length > 60 || undefined}
      role="img"
      aria-label={`${label}: ${summary(cells)}`}
    >
      {cells.map((cell) => (
        <i
          key={String(cell.from)}
          data-state={cell.state}
          title={`${cell.words ?? stripWords[cell.state]}\n${absolute(cell.from, zone)}, ${span(new Date(cell.to).getTime() - new Date(cell.from).getTime(), 'long')}`}
        />
      ))}
    </div>
  )
}
