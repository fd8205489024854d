import { acceptInput, ticketInput } from '../../../../contract/desk/index.ts'
import { actorRow, userOf } from '../../../platform/access.ts'
import type { Context } from '../../../platform/context.ts'
import { conflict, invalid } from '../../../platform/errors.ts'
import { verb } from '../../../platform/verb.ts'
import { findWorker, isMember, takerOf } from '../people.ts'
import { recordAbout } from '../record.ts'
import { acted, saveTicket } from '../save.ts'
import { takeTicket } from '../ticket.ts'
import { ticketEscalationAccepted, ticketEscalationRestored, ticketPassedOn } from './events.ts'
import { stopPaging } from './page.ts'
import { type Before, decide, eventData, latestIn, pendingOf, restore } from './rows.ts'
import { requireReceiver } from './who.ts'

/** Accepts an escalation: the ticket is the receiving team's now, and somebody there has it. */
export const acceptEscalation = verb('ticket.accept_escalation', {
  permission: 'ticket.work',
  input: acceptInput,
  async run(ctx, { id, assigneeId }) {
    const ticket = await takeTicket(ctx, id, 'acceptEscalation')
    const escalation = await pendingOf(ctx, ticket.id)
    await requireReceiver(ctx, escalation.to_team_id, 'accept it')
    const said = await eventData(ctx, escalation)
    const assignee = await taker(ctx, said.to, assigneeId)
    const before: Before = { teamId: ticket.team_id, assigneeId: ticket.assignee_id, state: ticket.state }
    const saved = await saveTicket(ctx, ticket, {
      team_id: escalation.to_team_id,
      assignee_id: assignee.id,
      escalated_to: null,
      handled_at: ctx.now(),
      ...(ticket.state === 'new' ? { state: 'in_progress' } : {}),
    })
    const by = { id: userOf(ctx.actor), name: actorRow(ctx.actor).name }
    await decide(ctx, escalation, 'accepted', by, { before })
    await stopPaging(ctx, saved, `${assignee.name} accepted ${ticket.number} for ${said.to.name}.`)
    await recordAbout(
      ctx,
      saved,
      ticketEscalationAccepted,
      { ...said, assignee },
      {
        milestone: true,
        about: [...had(before.assigneeId), ...(said.from ? [`team:${said.from.id}`] : [])],
      },
    )
    await recordAbout(ctx, saved, ticketPassedOn, { team: said.to.name }, { forRequester: true })
    return acted(ctx, saved, { act: 'takeBackAcceptance', input: { id: ticket.id } })
  },
})

const had = (userId: string | null) => (userId ? [`user:${userId}`] : [])

const taker = async (ctx: Context, team: { id: string; name: string }, assigneeId: string | undefined) => {
  const person = await findWorker(ctx, 'assigneeId', takerOf(ctx, assigneeId, `the member of ${team.name}`))
  if (await isMember(ctx, team.id, person.id)) return person
  throw invalid('assigneeId', `${person.name} is not a member of ${team.name}; choose somebody who is`)
}

/** Takes an acceptance back: it waits again, with whom it was before. */
export const takeBackAcceptance = verb('ticket.take_back_acceptance', {
  permission: 'ticket.work',
  input: ticketInput,
  async run(ctx, { id }) {
    const ticket = await takeTicket(ctx, id, 'escalate')
    const escalation = await latestIn(ctx, ticket, 'accepted')
    await requireReceiver(ctx, escalation.to_team_id, 'take the acceptance back')
    if (ticket.team_id !== escalation.to_team_id)
      throw conflict(`${ticket.number} went on to another team since, so the acceptance stands.`)
    const { accepted } = escalation.before as { accepted: Before }
    const saved = await saveTicket(ctx, ticket, {
      team_id: accepted.teamId,
      assignee_id: accepted.assigneeId,
      escalated_to: escalation.to_team_id,
      handled_at: ctx.now(),
    })
    await restore(ctx, escalation)
    const { from: _, ...said } = await eventData(ctx, escalation)
    await recordAbout(ctx, saved, ticketEscalationRestored, said, { milestone: true, about: [`team:${said.to.id}`] })
    return acted(ctx, saved, { act: 'acceptEscalation', input: { id: ticket.id } })
  },
})
