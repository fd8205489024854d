import { priorityName } from '../../../contract/desk/index.ts'
import { type SlaClockName, slaClockWords } from '../../../contract/sla/index.ts'
import type { Context } from '../../platform/context.ts'
import { tellUser } from '../notify/index.ts'
import { timeWords } from '../sla/index.ts'
import { type Ticket, ticketRef } from './ticket.ts'

type Rung = { clock: SlaClockName; label: string; dueAt: string; zone: string; breach: boolean }

const MOST_LEADS = 5

/** Tells whoever has the ticket that a clock runs out, or is over; while nobody has it, the leads of its team. */
export const tellClock = async (ctx: Context, ticket: Ticket, rung: Rung): Promise<void> => {
  const what = rung.clock === 'cut_off' ? rung.label : slaClockWords[rung.clock]
  const due = timeWords(Temporal.Instant.from(rung.dueAt), ctx.now(), rung.zone)
  const said = rung.breach ? `${what} is over time: it was due ${due}` : `${what} is due ${due}`
  for (const { userId, reason } of await whom(ctx, ticket))
    await tellUser(ctx, {
      userId,
      class: 'conversation',
      urgency: 'low',
      message: {
        title: `${ticket.number}: ${said}`,
        lines: [`${ticket.title}`, `${priorityName(ticket.priority)}. ${said}.`],
        priority: priorityName(ticket.priority),
        links: [{ label: `Open ${ticket.number}`, url: `/tickets/${ticket.number}` }],
      },
      subject: `${ticketRef(ticket)}:clocks`,
      about: [ticketRef(ticket)],
      reason,
    })
}

const whom = async (ctx: Context, ticket: Ticket): Promise<{ userId: string; reason: string }[]> => {
  if (ticket.assignee_id) return [{ userId: ticket.assignee_id, reason: `You have ${ticket.number}.` }]
  if (!ticket.team_id) return []
  const rows = await ctx.db
    .selectFrom('team_members as m')
    .innerJoin('teams as t', 't.id', 'm.team_id')
    .innerJoin('users as u', 'u.id', 'm.user_id')
    .select(['u.id', 't.name as team'])
    .where('m.team_id', '=', ticket.team_id)
    .where('m.role', '=', 'lead')
    .where('u.disabled_at', 'is', null)
    .orderBy('u.name')
    .limit(MOST_LEADS)
    .execute()
  return rows.map((r) => ({ userId: r.id, reason: `You lead ${r.team}, and nobody has ${ticket.number}.` }))
}
