import { useZone } from '../../ui/Time.tsx'
import { absolute, duration } from '../../ui/time.ts'
import { heightsOf, LATE_MS, summaryOf } from './bars.ts'
import type { RunBar } from './data.ts'
import styles from './jobs.module.css'
import { lateWords, outcomeWords } from './words.ts'

type Props = { label: string; bars: readonly RunBar[]; tall?: boolean; onOpen?: (id: string) => void }

/** The last runs, oldest first: as high as they took, in the colour of how they ended; a foot marks one that came late. */
export function Bars({ label, bars, tall = false, onOpen }: Props) {
  const zone = useZone()
  const heights = heightsOf(bars)
  const titleOf = (bar: RunBar) =>
    [
      `${outcomeWords[bar.outcome]}${bar.ms === null ? '' : ` after ${duration(bar.ms)}`}`,
      lateWords(bar.lateMs),
      absolute(bar.at, zone),
    ].join('\n')
  return (
    <div className={styles.bars} data-tall={tall || undefined} role="img" aria-label={`${label}: ${summaryOf(bars)}`}>
      {bars.map((bar, index) => (
        // The table below opens runs by keyboard; here it is for the mouse.
        // biome-ignore lint/a11y/noStaticElementInteractions: see above
        // biome-ignore lint/a11y/useKeyWithClickEvents: see above
        <i
          key={bar.id}
          data-outcome={bar.outcome}
          data-late={(bar.lateMs ?? 0) >= LATE_MS || undefined}
          data-opens={onOpen ? true : undefined}
          title={titleOf(bar)}
          onClick={onOpen && (() => onOpen(bar.id))}
        >
          <b style={{ height: `${heights[index] ?? 0}%` }} />
        </i>
      ))}
    </div>
  )
}
