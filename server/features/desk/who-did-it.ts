import { sql } from 'kysely'
import type { Context } from '../../platform/context.ts'
import { ref } from '../../platform/events.ts'
import { utcWords } from './time-words.ts'

type Seen = { id: string; state: string }
type SeenOpen = Seen & { open: boolean; merged_into_id: string | null }
type Last = { actor_name: string; at: Temporal.Instant; type: string }

const last = async (ctx: Context, ticketId: string, types: readonly string[] | null): Promise<Last | null> => {
  const subject = ref('ticket', ticketId)
  const ofType = types ? sql`and e.type = any(${[...types]}::text[])` : sql``
  // A requester is not told who worked on his ticket inside the desk.
  const audience = ctx.scope.internal ? sql`` : sql`and e.audience <> 'internal'`
  const { rows } = await sql<Last>`
    select e.actor_name, e.at, e.type from event_about a join events e on e.at = a.at and e.seq = a.seq
    where a.ref = ${subject} and e.subject = ${subject} ${ofType} ${audience}
    order by a.at desc, a.seq desc limit 1`.execute(ctx.db)
  return rows[0] ?? null
}

const leadingTo: Record<string, { types: string[]; words: string }> = {
  in_progress: { types: ['ticket.resumed', 'ticket.assigned', 'ticket.replied'], words: 'went on with it' },
  pending: { types: ['ticket.pended'], words: 'let it wait' },
  resolved: { types: ['ticket.resolved', 'ticket.closure_taken_back'], words: 'resolved it' },
  closed: { types: ['ticket.closed'], words: 'closed it' },
  cancelled: { types: ['ticket.cancelled'], words: 'cancelled it' },
}

const merged = { types: ['ticket.merged'], words: 'merged it' }

const escalations: Record<string, string> = {
  'ticket.escalated': 'escalated it',
  'ticket.escalation_accepted': 'accepted it',
  'ticket.escalation_returned': 'sent it back',
  'ticket.escalation_withdrawn': 'took the escalation back',
}

/** " Priya N. resolved it at 23 Nov 2026 07:31 UTC." from the log, or nothing when the log does not say. */
export const whoDidIt = async (ctx: Context, ticket: SeenOpen, escalated: boolean): Promise<string> => {
  if (ticket.open && escalated) {
    const found = await last(ctx, ticket.id, Object.keys(escalations))
    return found ? ` ${found.actor_name} ${escalations[found.type]} at ${utcWords(found.at)}.` : ''
  }
  const how = ticket.merged_into_id ? merged : leadingTo[ticket.state]
  const found = how ? await last(ctx, ticket.id, how.types) : null
  return how && found ? ` ${found.actor_name} ${how.words} at ${utcWords(found.at)}.` : ''
}

/** " Priya N. was the last to change it, at 23 Nov 2026 07:31 UTC." */
export const whoWasLast = async (ctx: Context, ticket: Seen): Promise<string> => {
  const found = await last(ctx, ticket.id, null)
  return found ? ` ${found.actor_name} was the last to change it, at ${utcWords(found.at)}.` : ''
}

/** " since 23 Nov 2026 07:31 UTC", about who has it now. */
export const sinceWhen = async (ctx: Context, ticket: Seen): Promise<string> => {
  const found = await last(ctx, ticket.id, ['ticket.assigned'])
  return found ? ` since ${utcWords(found.at)}` : ''
}
