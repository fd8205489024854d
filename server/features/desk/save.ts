import { sql, type Updateable } from 'kysely'
import { isOpen, type TicketActed, type TicketState } from '../../../contract/desk/index.ts'
import type { Context } from '../../platform/context.ts'
import type { Tickets } from '../../platform/db/schema.gen.ts'
import { withoutNul } from '../../platform/text.ts'
import { factsToJson } from '../sla/index.ts'
import { factsAfter, type Happened, storedFacts } from './clock-facts.ts'
import { keepPlans, plansFor } from './keep-clocks.ts'
import { findRow } from './rows.ts'
import type { Ticket } from './ticket.ts'

type Changes = Pick<
  Updateable<Tickets>,
  | 'title'
  | 'description'
  | 'state'
  | 'pending_reason'
  | 'impact'
  | 'urgency'
  | 'priority'
  | 'priority_reason'
  | 'priority_basis'
  | 'priority_overridden'
  | 'service_id'
  | 'environment'
  | 'team_id'
  | 'assignee_id'
  | 'escalated_to'
  | 'resolution'
  | 'held'
  | 'reopened'
  | 'merged_into_id'
> &
  Partial<Pick<Ticket, Instants>>
type Instants = 'began_at' | 'pending_until' | 'handled_at' | 'first_response_at' | 'resolved_at' | 'closed_at'

/** What an act does to one ticket. `happened` is what moves a clock and does not show in the row, such as a word of the requester. */
export type Saving = { ticket: Ticket; changes: Changes; happened?: readonly Happened[] }

/**
 * Writes an act's changes to rows that this transaction holds, with what follows for their clocks, and their versions;
 * returns the rows in the order given. A thousand take as many statements as one.
 */
export const saveTickets = async (ctx: Context, savings: readonly Saving[]): Promise<Ticket[]> => {
  if (savings.length === 0) return []
  const clocks = await clocksAfter(ctx, savings)
  const saved = await update(
    ctx,
    savings.map(({ ticket, changes }) => ({ ticket, changes: { ...changes, ...clocks.get(ticket.id)?.columns } })),
  )
  await keepPlans(ctx, [...clocks.values()])
  return saved
}

export const saveTicket = async (
  ctx: Context,
  ticket: Ticket,
  changes: Changes,
  happened: readonly Happened[] = [],
): Promise<Ticket> => (await saveTickets(ctx, [{ ticket, changes, happened }]))[0] as Ticket

type Written = { ticket: Ticket; changes: Partial<Record<keyof Ticket, unknown>> }

const update = async (ctx: Context, all: readonly Written[]): Promise<Ticket[]> => {
  const columns = [...new Set(all.flatMap(({ changes }) => Object.keys(changes)))] as (keyof Ticket)[]
  // Where one changes a column and another does not, that other keeps its own.
  const rows = all.map(({ ticket, changes }) =>
    Object.fromEntries([
      ['id', ticket.id],
      ...columns.map((c) => [c, changes[c] === undefined ? ticket[c] : plain(c, changes[c])]),
    ]),
  )
  const set = columns.map((c) => sql`${sql.ref(c)} = v.${sql.ref(c)},`)
  const saved = await sql<Ticket>`
    update tickets t set ${sql.join(set, sql` `)} updated_at = ${ctx.now()}, version = t.version + 1
    from jsonb_populate_recordset(null::tickets, ${withoutNul(JSON.stringify(rows))}::jsonb) v
    where t.id = v.id returning t.*`.execute(ctx.db)
  const byId = new Map(saved.rows.map((t) => [t.id, t]))
  return all.map(({ ticket }) => {
    const row = byId.get(ticket.id)
    if (!row) throw new Error(`The ticket ${ticket.number} went away while it was held.`)
    return row
  })
}

const json: readonly string[] = ['priority_basis', 'sla', 'clock_facts'] satisfies (keyof Ticket)[]
const plain = (column: string, value: unknown): unknown =>
  json.includes(column) && typeof value === 'string' ? JSON.parse(value) : value

// A note or another title moves no clock; then nothing is read and nothing computed.
const clocksAfter = async (ctx: Context, savings: readonly Saving[]) => {
  const byPerson = ctx.actor.kind === 'user' || ctx.actor.kind === 'link'
  const moved = savings.flatMap(({ ticket: before, changes, happened = [] }) => {
    const after = { ...before, ...changes } as Ticket
    const known = storedFacts(before)
    const facts = factsAfter(known, before, after, { at: ctx.now(), happened, byPerson })
    const moves =
      facts !== known ||
      String(before.first_response_at) !== String(after.first_response_at) ||
      (isOpen(after.state as TicketState) &&
        (before.service_id !== after.service_id || before.environment !== after.environment))
    return moves ? [{ ticket: after, facts }] : []
  })
  const plans = await plansFor(ctx, moved)
  return new Map(
    plans.map(({ ticket, facts, plan }) => [
      ticket.id,
      { ticketId: ticket.id, plan, columns: { ...plan.columns, clock_facts: factsToJson(facts) } },
    ]),
  )
}

/** What every act answers: the ticket as lists show it, and how to take the act back. */
export const acted = async (
  ctx: Context,
  ticket: Pick<Ticket, 'id' | 'version'>,
  undo: TicketActed['undo'] = null,
) => ({ ticket: await findRow(ctx, ticket.id), undo, version: ticket.version })
