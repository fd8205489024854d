import type { TicketRow } from '../../../contract/desk/shapes.ts'
import type { ListInput } from './queue-filter.ts'
import { isOpen } from './words.ts'

type Me = { id: string; teams: readonly { id: string }[] }

type Several = string | number | undefined
const is = (given: Several | Several[], of: Several) => given !== undefined && [given].flat().includes(of ?? 'none')
/** Whether one of its values is wanted, and none of them left out. */
const passes = (of: Several[], given: Several | Several[], less: Several | Several[]) =>
  (given === undefined || of.some((one) => is(given, one))) && !of.some((one) => is(less, one))

/**
 * Whether a ticket that has just changed still belongs to a list; the words of a search, business units and clocks are
 * left to the server.
 */
export const belongs = (input: ListInput, ticket: TicketRow, me: Me): boolean => {
  const { view = 'open' } = input
  const queue = view !== 'requested' && view !== 'recent'
  if (queue && !isOpen(ticket.state)) return false
  if (view === 'mine' && ticket.assignee?.id !== me.id) return false
  if (view === 'unassigned' && ticket.assignee) return false
  const mine = ({ id }: { id: string }) => id === ticket.team?.id || id === ticket.escalatedTo?.id
  if (view === 'team' && !input.teamId && !me.teams.some(mine)) return false
  if (view === 'escalated' && !me.teams.some(({ id }) => id === ticket.escalatedTo?.id)) return false
  const teams = [ticket.team?.id, ...(ticket.escalatedTo ? [ticket.escalatedTo.id] : [])]
  return (
    (!input.priority || ticket.priority <= Number(input.priority)) &&
    passes([ticket.kind], input.kind, input.notKind) &&
    passes([ticket.state], input.state, input.notState) &&
    passes([ticket.priority], input.priorities as number[], input.notPriorities as number[]) &&
    passes(teams, input.teamId, input.notTeamId) &&
    passes([ticket.assignee?.id], input.assigneeId, input.notAssigneeId) &&
    passes([ticket.service?.id], input.serviceId, input.notServiceId) &&
    passes([ticket.requester?.id], input.requesterId, input.notRequesterId) &&
    passes([ticket.environment], input.environment, input.notEnvironment)
  )
}
