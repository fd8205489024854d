import type { RunVerdict } from '../../../contract/jobs/index.ts'
import { useZone } from '../../ui/Time.tsx'
import { absolute, duration } from '../../ui/time.ts'
import { bandOf, heightsOf, LATE_MS, summaryOf } from './bars.ts'
import type { RunBar } from './data.ts'
import styles from './jobs.module.css'
import { lateWords, noteworthy, outcomeWords, verdictWords } from './words.ts'

type Bar = RunBar & { verdicts?: readonly RunVerdict[] }
type Props = {
  label: string
  bars: readonly Bar[]
  tall?: boolean
  onOpen?: (id: string) => void
  /** What each is as high as, in place of how long it took, and how that is told. */
  measure?: { of(bar: Bar): number | null; say(value: number): string } | undefined
  /** From where to where is usual. */
  usual?: { low: number; high: number } | undefined
}

/** The last runs, oldest first: as high as they took, in the colour of how they ended; a foot marks one that came late. */
export function Bars({ label, bars, tall = false, onOpen, measure, usual }: Props) {
  const zone = useZone()
  const values = bars.map((bar) => (measure ? measure.of(bar) : bar.ms))
  const heights = heightsOf(values.map((ms) => ({ ms })))
  const band = usual && bandOf(values, usual)
  const titleOf = (bar: Bar, value: number | null | undefined) =>
    [
      `${outcomeWords[bar.outcome]}${bar.ms === null ? '' : ` after ${duration(bar.ms)}`}`,
      measure && value != null && measure.say(value),
      lateWords(bar.lateMs),
      ...noteworthy(bar.verdicts ?? []).map((verdict) => verdictWords[verdict]),
      absolute(bar.at, zone),
    ]
      .filter(Boolean)
      .join('\n')
  return (
    <div className={styles.bars} data-tall={tall || undefined} role="img" aria-label={`${label}: ${summaryOf(bars)}`}>
      {band && (
        <span className={styles.bandRoom}>
          <span style={{ bottom: `${band.low}%`, height: `${band.high - band.low}%` }} />
        </span>
      )}
      {bars.map((bar, index) => (
        // The table below opens runs by keyboard; here it is for the mouse.
        // biome-ignore lint/a11y/noStaticElementInteractions: see above
        // biome-ignore lint/a11y/useKeyWithClickEvents: see above
        <i
          key={bar.id}
          data-outcome={bar.outcome}
          data-late={(bar.lateMs ?? 0) >= LATE_MS || undefined}
          data-opens={onOpen ? true : undefined}
          data-unusual={bar.verdicts?.some((v) => v.startsWith('unusual')) || undefined}
          title={titleOf(bar, values[index])}
          onClick={onOpen && (() => onOpen(bar.id))}
        >
          <b style={{ height: `${heights[index] ?? 0}%` }} />
        </i>
      ))}
    </div>
  )
}
