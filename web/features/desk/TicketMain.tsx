import type { TicketDetail } from '../../../contract/desk/shapes.ts'
import { Linked } from '../../ui/Linked.tsx'
import { useAnswers } from '../requests/RequestPanels.tsx'
import type { Reader } from './data.ts'
import { TicketTimeline } from './TicketTimeline.tsx'
import styles from './ticket.module.css'

/** What it is about, and what happened. */
export function TicketMain({ ticket, reader }: { ticket: TicketDetail; reader: Reader }) {
  const answers = useAnswers(ticket)
  return (
    <>
      {answers?.shown}
      {ticket.description && (!answers || answers.described) && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        <section className={`${styles.description} sentence`} aria-label="Description" tabIndex={0}>
          <Linked text={ticket.description} />
        </section>
      )}
      <TicketTimeline number={ticket.number} desk={reader.desk} />
    </>
  )
}
