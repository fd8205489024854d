import type { TicketRow } from '../../../contract/desk/shapes.ts'
import type { ListInput } from './queue-filter.ts'
import { isOpen } from './words.ts'

type Me = { id: string; teams: readonly { id: string }[] }

/** Whether a ticket that has just changed still belongs to a list; the words of a search are left to the server. */
export const belongs = (input: ListInput, ticket: TicketRow, me: Me): boolean => {
  const { view = 'open' } = input
  const queue = view !== 'requested' && view !== 'recent'
  if (queue && !isOpen(ticket.state)) return false
  if (view === 'mine' && ticket.assignee?.id !== me.id) return false
  if (view === 'unassigned' && ticket.assignee) return false
  const mine = ({ id }: { id: string }) => id === ticket.team?.id || id === ticket.escalatedTo?.id
  if (view === 'team' && !input.teamId && !me.teams.some(mine)) return false
  if (view === 'escalated' && !me.teams.some(({ id }) => id === ticket.escalatedTo?.id)) return false
  return (
    (!input.kind || input.kind === ticket.kind) &&
    (!input.state || input.state === ticket.state) &&
    (!input.priority || ticket.priority <= Number(input.priority)) &&
    (!input.teamId || mine({ id: input.teamId })) &&
    (!input.assigneeId || input.assigneeId === ticket.assignee?.id) &&
    (!input.serviceId || input.serviceId === ticket.service?.id) &&
    (!input.environment || input.environment === ticket.environment)
  )
}
