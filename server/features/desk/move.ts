import { moveInput } from '../../../contract/desk/index.ts'
import type { Context } from '../../platform/context.ts'
import { verb } from '../../platform/verb.ts'
import { ticketAssigned, ticketTeamChanged } from './events.ts'
import { findLiveTeam, findWorker, isMember, personOf, teamOf } from './people.ts'
import { recordAbout } from './record.ts'
import { acted, saveTicket } from './save.ts'
import { type Ticket, takeTicket } from './ticket.ts'

type Wanted = { teamId: string | null; assigneeId?: string | undefined }

/** Moves a ticket to another team's queue. Whoever has it keeps it only if he is a member there. */
export const moveTicket = verb('ticket.move', {
  permission: 'ticket.work',
  input: moveInput,
  async run(ctx, { id, ...wanted }) {
    const ticket = await takeTicket(ctx, id, 'move')
    if (ticket.team_id === wanted.teamId && !wanted.assigneeId) return ctx.unchanged(await acted(ctx, ticket))
    const after = wanted.teamId ? await findLiveTeam(ctx, 'teamId', wanted.teamId) : null
    const saved = await saveTicket(ctx, ticket, {
      team_id: wanted.teamId,
      assignee_id: await assigneeThere(ctx, ticket, wanted),
      handled_at: ctx.now(),
    })
    const before = await teamOf(ctx, ticket.team_id)
    const data = { before, after }
    await recordAbout(ctx, saved, ticketTeamChanged, data, {
      milestone: true,
      about: before ? [`team:${before.id}`] : [],
    })
    await recordAssignee(ctx, ticket, saved)
    const had = ticket.assignee_id ? { assigneeId: ticket.assignee_id } : {}
    return acted(ctx, saved, { act: 'move', input: { id: ticket.id, teamId: ticket.team_id, ...had } })
  },
})

const assigneeThere = async (ctx: Context, ticket: Ticket, { teamId, assigneeId }: Wanted): Promise<string | null> => {
  if (assigneeId) return (await findWorker(ctx, 'assigneeId', assigneeId)).id
  if (!ticket.assignee_id || !teamId) return ticket.assignee_id
  return (await isMember(ctx, teamId, ticket.assignee_id)) ? ticket.assignee_id : null
}

const recordAssignee = async (ctx: Context, ticket: Ticket, saved: Ticket) => {
  if (ticket.assignee_id === saved.assignee_id) return
  const before = await personOf(ctx, ticket.assignee_id)
  const data = { before, after: await personOf(ctx, saved.assignee_id), by: 'hand' } as const
  await recordAbout(ctx, saved, ticketAssigned, data, { about: before ? [`user:${before.id}`] : [] })
}
