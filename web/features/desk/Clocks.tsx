import type { TicketDetail } from '../../../contract/desk/shapes.ts'
import { useNow } from '../../ui/now.ts'
import { Due, Stamp } from '../../ui/Time.tsx'
import styles from './ticket.module.css'

type Clock = TicketDetail['clocks'][number]

/** What a clock says: what is left, that it stands still, or when it was met. How it was computed is on hover. */
export function ClockValue({ clock, derivation }: { clock: Clock; derivation: readonly string[] }) {
  const why = derivation.join('\n')
  const isOver = Date.parse(clock.dueAt) < useNow()
  if (clock.state === 'running') return <Due at={clock.dueAt} {...(!isOver && { after: 'left' })} why={why} />
  if (clock.state === 'paused') return <span title={why}>stands still while it waits</span>
  return (
    <span title={why}>
      {clock.state === 'late' ? <b className={styles.late}>late: </b> : 'met '}
      {clock.metAt && <Stamp at={clock.metAt} />}
      {clock.state === 'late' && (
        <span className="faint">
          , due <Stamp at={clock.dueAt} />
        </span>
      )}
    </span>
  )
}
