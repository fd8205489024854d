import type { MonitorRow } from '../../../contract/monitors/index.ts'
import type { StripCell } from '../../ui/strip.ts'
import { millis } from '../../ui/time.ts'
import { stripState } from './words.ts'

/** The cells of a row's strip with their times: they are of equal length. */
export const cellsOf = (strip: MonitorRow['strip'], { from, to }: { from: string; to: string }): StripCell[] => {
  const start = millis(from)
  const length = (millis(to) - start) / Math.max(strip.length, 1)
  return strip.map((state, index) => ({
    from: start + index * length,
    to: start + (index + 1) * length,
    state: stripState[state],
  }))
}
