import { priorityName, type TellWhom } from '../../../../contract/desk/index.ts'
import type { Context } from '../../../platform/context.ts'
import { teamMembers } from '../../identity/index.ts'
import { tellUser } from '../../notify/index.ts'
import { urgencyOf } from '../brief.ts'
import { liveWorkers } from '../people.ts'
import { type Ticket, ticketRef } from '../ticket.ts'
import { rulesOf } from './rules.ts'

export type Person = { id: string; name: string }

const leadsOf = async (ctx: Context, teamId: string): Promise<Person[]> =>
  (await teamMembers(ctx.db, teamId)).filter((m) => m.role === 'lead')

const managersOf = async (ctx: Context, teamId: string | null): Promise<Person[]> => {
  const { managers } = await rulesOf(ctx, teamId)
  const workers = await liveWorkers(ctx, managers)
  return managers.flatMap((id) => workers.find((w) => w.id === id) ?? [])
}

/** The leads of a team; where it has none, its managers. */
export const whomToTell = async (ctx: Context, teamId: string | null, to: TellWhom): Promise<Person[]> => {
  const leads = to === 'leads' && teamId ? await leadsOf(ctx, teamId) : []
  return leads.length > 0 ? leads : managersOf(ctx, teamId)
}

/** Tells each of these people once, with the link. */
export const tellUp = async (ctx: Context, ticket: Ticket, people: readonly Person[], whys: readonly string[]) => {
  for (const { id: userId } of people)
    await tellUser(ctx, {
      userId,
      class: 'conversation',
      urgency: urgencyOf(ticket),
      message: {
        title: `Needs you: ${ticket.number} ${ticket.title}`,
        lines: [...whys, ticket.priority_reason],
        priority: priorityName(ticket.priority),
        links: [{ label: `Open ${ticket.number}`, url: `/tickets/${ticket.number}` }],
      },
      subject: ticketRef(ticket),
      about: [ticketRef(ticket)],
      reason: 'You lead or manage the team that has it.',
    })
}
