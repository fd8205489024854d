import styles from './Strip.module.css'
import { useZone } from './Time.tsx'
import type { Instant } from './time.ts'
import { absolute, span } from './time.ts'

/** `blind`: we could not look; `unobserved`: Watchfloor itself was not running; `none`: before its time. */
export type StripState = 'ok' | 'warn' | 'down' | 'blind' | 'unobserved' | 'none'
export type StripCell = { from: Instant; to: Instant; state: StripState; words?: string }

const words: Record<StripState, string> = {
  ok: 'up',
  warn: 'degraded',
  down: 'down',
  blind: 'unknown',
  unobserved: 'not observed',
  none: 'no data',
}
const worst: readonly StripState[] = ['down', 'warn', 'blind', 'unobserved', 'ok', 'none']

/** 'down 2, degraded 1, up 87 of 90 cells; now down': what a reader who does not see the strip is told. */
export const summary = (cells: readonly StripCell[]): string => {
  const counts = worst
    .map((state) => ({ state, count: cells.filter((cell) => cell.state === state).length }))
    .filter(({ count }) => count > 0)
    .map(({ state, count }) => `${words[state]} ${count}`)
  const last = cells.at(-1)
  return last ? `${counts.join(', ')} of ${cells.length} cells; now ${words[last.state]}` : 'no data'
}

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
          title={`${cell.words ?? words[cell.state]}\n${absolute(cell.from, zone)}, ${span(new Date(cell.to).getTime() - new Date(cell.from).getTime(), 'long')}`}
        />
      ))}
    </div>
  )
}
