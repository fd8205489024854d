import type { TicketDetail } from '../../../contract/desk/shapes.ts'
import type { Reader } from './data.ts'
import { EscalationCallout } from './escalation/EscalationCallout.tsx'
import { PageCallout } from './PageCallout.tsx'
import { Reply } from './Reply.tsx'
import styles from './ticket.module.css'

type Props = { ticket: TicketDetail; reader: Reader }

/** Whether it waits to be accepted, or somebody is being called for it. */
export const TicketCallouts = ({ ticket, reader }: Props) => (
  <>
    <EscalationCallout ticket={ticket} reader={reader} />
    <PageCallout ticket={ticket} reader={reader} />
  </>
)

/** What stays in sight however long the timeline is: who is being called, unless that is `above`, and the reply box. */
export const TicketFoot = ({ ticket, reader, above = false }: Props & { above?: boolean }) => (
  <div className={styles.stay}>
    {!above && <TicketCallouts ticket={ticket} reader={reader} />}
    <Reply ticket={ticket} reader={reader} />
  </div>
)
