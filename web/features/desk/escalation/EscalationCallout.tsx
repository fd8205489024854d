import type { TicketDetail } from '../../../../contract/desk/shapes.ts'
import { Callout } from '../../../ui/States.tsx'
import { Ago } from '../../../ui/Time.tsx'
import type { Reader } from '../data.ts'
import { isReceiver, useEscalations } from './data.ts'

/** While a ticket waits to be accepted: who sent it to whom, why, and who answers for it meanwhile. */
export function EscalationCallout({ ticket, reader }: { ticket: TicketDetail; reader: Reader }) {
  const found = useEscalations(ticket, reader)
  const [newest] = found.data?.items ?? []
  if (!ticket.escalatedTo || newest?.state !== 'pending') return null
  const ours = isReceiver(ticket, reader)
  return (
    <Callout tone={ours ? 'warn' : 'info'}>
      <b>{ours ? 'Escalated to you, not yet accepted.' : `Escalated to ${newest.to.name}, not yet accepted.`}</b>{' '}
      {newest.from.name}
      {newest.from.team && ` of ${newest.from.team.name}`} sent it <Ago at={newest.sentAt} />.{' '}
      {newest.from.team && `${newest.from.team.name} answers for it until it is accepted.`}
      {ours && <div className="muted clip">{newest.packet.seen.split('\n')[0]}</div>}
    </Callout>
  )
}
