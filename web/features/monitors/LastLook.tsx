import type { Seen } from '../../../contract/monitors/index.ts'
import type { Phase } from '../../ui/DurationStack.tsx'
import { Status } from '../../ui/Marks.tsx'
import { Cell, Cells } from '../../ui/Panel.tsx'
import { Ago } from '../../ui/Time.tsx'
import { duration } from '../../ui/time.ts'
import type { MonitorDetail } from './data.ts'
import { outcomeTone, outcomeWords } from './words.ts'

const phases = [
  { part: 'name', label: 'Name look-up', short: 'name' },
  { part: 'connect', label: 'Connect', short: 'connect' },
  { part: 'tls', label: 'TLS', short: 'TLS' },
  { part: 'firstByte', label: 'First byte', short: 'first byte' },
  { part: 'body', label: 'Body', short: 'body' },
] as const

/** The phases that a look went through, in order. */
export const phasesOf = (timings: Seen['timings'], words: 'label' | 'short' = 'short'): Phase[] =>
  phases.flatMap(({ part, ...one }) => {
    const ms = timings[part]
    return ms === undefined ? [] : [{ label: one[words], ms }]
  })

/** The last look: what came of it, when, and where its time went. */
export function LastLook({ monitor: { lastResult } }: { monitor: MonitorDetail }) {
  if (!lastResult) return null
  return (
    <Cells>
      <Cell label="Last look">
        <Status tone={outcomeTone[lastResult.outcome]}>
          <b>
            {outcomeWords[lastResult.outcome]}, {duration(lastResult.ms)}
          </b>
        </Status>{' '}
        <span className="faint">
          <Ago at={lastResult.at} />
        </span>
      </Cell>
      {phasesOf(lastResult.timings, 'label').map(({ label, ms }) => (
        <Cell key={label} label={label}>
          <b className="num">{duration(ms)}</b>
        </Cell>
      ))}
    </Cells>
  )
}
