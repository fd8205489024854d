import { healthWords } from '../../../contract/alerts/words.ts'
import { Status } from '../../ui/Marks.tsx'
import { type Health, healthTone } from './data.ts'

/** The state of a service in a shape and a word; a maintenance that lasts now is said as well. */
export const HealthMark = ({ of }: { of: Health | undefined }) =>
  of ? (
    <Status tone={healthTone[of.state]}>
      {of.state === 'unobserved' ? <span className="faint">{healthWords[of.state]}</span> : healthWords[of.state]}
      {of.maintenance !== null && <span className="faint"> in maintenance</span>}
    </Status>
  ) : null
