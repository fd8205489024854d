import { healthWords } from '../../../contract/alerts/words.ts'
import { urgentWords, useUrgent } from '../../parts/incidents.ts'
import { Status } from '../../ui/Marks.tsx'
import { type Health, healthTone } from './data.ts'

/** The state of a service in a shape and a word; a maintenance that lasts now is said as well. */
export function HealthMark({ of }: { of: Health | undefined }) {
  const urgent = useUrgent()
  if (!of) return null
  const open = urgentWords(of, urgent)
  return (
    <Status tone={open ? 'warn' : healthTone[of.state]}>
      {open ? (
        <span title={open.why}>{open.words}</span>
      ) : of.state === 'unobserved' ? (
        <span className="faint">{healthWords[of.state]}</span>
      ) : (
        healthWords[of.state]
      )}
      {of.maintenance !== null && <span className="faint"> in maintenance</span>}
    </Status>
  )
}
