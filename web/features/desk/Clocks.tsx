import type { TicketClock } from '../../../contract/desk/shapes.ts'
import { useNow } from '../../ui/now.ts'
import { Due, Stamp } from '../../ui/Time.tsx'
import { span } from '../../ui/time.ts'
import { lengthOf, mainClocks } from './clock-words.ts'
import styles from './ticket.module.css'
import { capital, clockWords } from './words.ts'

const breached = (state: TicketClock['state']) => state === 'breached' || state === 'breached_on_reclass'

/** What is left by the wall, and in open time where that is less: a night is no part of it. */
function Running({ clock }: { clock: TicketClock & { dueAt: string } }) {
  const over = Date.parse(clock.dueAt) < useNow()
  const open = clock.leftMinutes
  const wall = (Date.parse(clock.dueAt) - useNow()) / 60_000
  return (
    <>
      <Due at={clock.dueAt} {...(!over && { after: 'left' })} why={clock.derivation.join('\n')} />
      {open !== null && open > 0 && wall - open > 5 && <span className="faint"> {lengthOf(open)} of open time</span>}
      {clock.state === 'breached_on_reclass' && <span className="faint"> over at once by the new priority</span>}
    </>
  )
}

/** What a clock says: what is left in signed minutes, that it stands still, or how it ended. */
export function ClockValue({ clock }: { clock: TicketClock }) {
  const why = clock.derivation.join('\n')
  if (clock.problem) return <b className={styles.late}>no due time</b>
  if (clock.stoppedAt === null) {
    if (clock.state === 'paused' || clock.dueAt === null)
      return (
        <span title={why}>
          stands still
          {clock.leftMinutes !== null && <span className="faint">, {lengthOf(clock.leftMinutes)} left</span>}
        </span>
      )
    return <Running clock={{ ...clock, dueAt: clock.dueAt }} />
  }
  if (clock.state === 'cancelled') return <span title={why}>ended, nobody waits for it any more</span>
  return (
    <span title={why}>
      {breached(clock.state) ? <b className={styles.late}>late: </b> : 'met '}
      <Stamp at={clock.stoppedAt} />
      {breached(clock.state) && clock.dueAt && (
        <span className="faint">
          , {span(Date.parse(clock.stoppedAt) - Date.parse(clock.dueAt))} after <Stamp at={clock.dueAt} />
        </span>
      )}
    </span>
  )
}

/** How each clock came about, in sentences, the next one's in sight; earlier runs of it are counted at its end. */
export const ClockAccounts = ({ clocks, next }: { clocks: readonly TicketClock[]; next: TicketClock['name'] | null }) =>
  mainClocks(clocks).map(({ clock, earlier }) => (
    <details key={`${clock.name} ${clock.label}`} className={styles.account} open={clock.name === next}>
      <summary>{clock.label || clockWords[clock.name]}</summary>
      {clock.derivation.map((sentence) => (
        <p key={sentence} className="muted">
          {capital(sentence)}
        </p>
      ))}
      {earlier.length > 0 && (
        <p className="muted">
          {earlier.length === 1 ? 'It ran once before' : `It ran ${earlier.length} times before`}
          {earlier.some((c) => breached(c.state))
            ? `, ${earlier.filter((c) => breached(c.state)).length} of them over time.`
            : ', each within its time.'}
        </p>
      )}
    </details>
  ))
