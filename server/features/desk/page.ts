import { z } from 'zod'
import { isOpen as isOpenState, type TicketState } from '../../../contract/desk/index.ts'
import type { Context, ReadContext } from '../../platform/context.ts'
import { verb } from '../../platform/verb.ts'
import { aroundTheClock, isOpen, loadCalendar, nextOpen } from '../calendars/index.ts'
import { engage } from '../oncall/index.ts'
import { briefOf, urgencyOf } from './brief.ts'
import { ticketPageWaits } from './events.ts'
import { type ServiceFacts, serviceFacts } from './facts.ts'
import { recordAbout } from './record.ts'
import { lockTicket, type Ticket, ticketRef } from './ticket.ts'
import { wallWords } from './time-words.ts'

type More = {
  about?: string[] | undefined
  policyId?: string | undefined
  teamFirst?: boolean | undefined
  /** By the policy of the ticket's team alone: for those it is escalated to. */
  teamOnly?: boolean | undefined
  /** Said before what is known of the ticket. */
  lines?: string[] | undefined
}
type Paged = { pageId: string | null; why: string }

/**
 * Gets a human for a ticket. P1 and P2 in production are urgent enough to wake somebody; everything else is told with
 * low urgency, and what is not production only in support hours: else it waits for them. Answers who is paged, or why
 * nobody is, in a sentence.
 */
export const pageFor = async (ctx: Context, ticket: Ticket, facts: ServiceFacts, more: More = {}): Promise<Paged> => {
  const waits = await hoursToWaitFor(ctx, ticket.environment, facts)
  if (waits) return { pageId: null, why: await leaveToHours(ctx, ticket, waits, more) }
  return engage(ctx, {
    subject: ticketRef(ticket),
    about: more.about ?? [],
    serviceId: ticket.service_id,
    teamId: ticket.team_id,
    environment: ticket.environment,
    urgency: urgencyOf(ticket),
    brief: withLines(briefOf(ticket, facts), more.lines),
    ...(more.policyId ? { policyId: more.policyId } : {}),
    ...(more.teamFirst ? { teamFirst: true } : {}),
    ...(more.teamOnly ? { teamOnly: true } : {}),
  })
}

const withLines = (brief: ReturnType<typeof briefOf>, lines: string[] = []) => ({
  ...brief,
  lines: [...lines, ...brief.lines],
})

type Wait = { at: Temporal.Instant | null; words: string }

/** When a page for what is not production waits for its support hours: until when, in a sentence; else null. */
export const hoursToWaitFor = async (
  ctx: Pick<ReadContext, 'db' | 'now'>,
  environment: string,
  facts: ServiceFacts,
): Promise<Wait | null> => {
  if (environment === 'prod') return null
  const rules = (await loadCalendar(ctx.db, facts.service?.calendarId ?? null)) ?? aroundTheClock
  if (isOpen(rules, ctx.now())) return null
  const next = nextOpen(rules, ctx.now())
  if (next.kind !== 'at') return { at: null, words: `Its support hours never come: ${next.reason}` }
  const at = wallWords(next.at, rules.zone, ctx.now())
  return { at: next.at, words: `The people on call are told at ${at}, if nobody has it by then.` }
}

const leaveToHours = async (ctx: Context, ticket: Ticket, { at, words }: Wait, more: More): Promise<string> => {
  const { environment } = ticket
  await recordAbout(ctx, ticket, ticketPageWaits, { environment, at: at?.toString() ?? null, words })
  if (at) pageAt(ctx, ticket, at, { id: ticket.id, ...(more.teamOnly ? { escalatedTo: ticket.team_id } : {}), ...more })
  return words
}

const key = (ticket: Pick<Ticket, 'id'>) => `ticket:${ticket.id}:page`

const pageAt = (ctx: Context, ticket: Ticket, at: Temporal.Instant, input: unknown) =>
  ctx.due({ key: key(ticket), at, run: pageInHours, input, subject: ticketRef(ticket) })

/** A page that waits for support hours is looked at anew: the ticket may be production after all. */
export const pageSooner = async (ctx: Context, ticket: Ticket): Promise<void> => {
  const waiting = await ctx.db.selectFrom('due').select('input').where('key', '=', key(ticket)).executeTakeFirst()
  if (waiting) pageAt(ctx, ticket, ctx.now(), waiting.input)
}

/** The support hours have begun: pages for a ticket that is still open and that nobody has taken meanwhile. */
export const pageInHours = verb('ticket.page_in_hours', {
  permission: 'system',
  input: z.object({
    id: z.uuid(),
    about: z.array(z.string()).optional(),
    policyId: z.string().optional(),
    teamFirst: z.boolean().optional(),
    teamOnly: z.boolean().optional(),
    lines: z.array(z.string()).optional(),
    escalatedTo: z.string().optional(),
  }),
  async run(ctx, { id, escalatedTo, ...more }) {
    const ticket = await lockTicket(ctx, id)
    if (!ticket || !isOpenState(ticket.state as TicketState)) return ctx.unchanged(null)
    // What was escalated has somebody who answers for it; those it was escalated to are told all the same.
    const wanted = escalatedTo ? ticket.escalated_to === escalatedTo : ticket.assignee_id === null
    if (!wanted) return ctx.unchanged(null)
    const to = escalatedTo ? { ...ticket, team_id: escalatedTo } : ticket
    await pageFor(ctx, to, await serviceFacts(ctx, ticket.service_id), more)
    // A page may run already, which records nothing.
    return ctx.unchanged(null)
  },
})
