import type { TicketDetail } from '../../../contract/desk/shapes.ts'
import type { Reader } from './data.ts'
import { EscalationCallout } from './escalation/EscalationCallout.tsx'
import { PageCallout } from './PageCallout.tsx'
import { Reply } from './Reply.tsx'
import styles from './ticket.module.css'

/** What stays in sight however long the timeline is: whether somebody is being called, and the reply box. */
export const TicketFoot = ({ ticket, reader }: { ticket: TicketDetail; reader: Reader }) => (
  <div className={styles.stay}>
    <EscalationCallout ticket={ticket} reader={reader} />
    <PageCallout ticket={ticket} reader={reader} />
    <Reply ticket={ticket} reader={reader} />
  </div>
)
