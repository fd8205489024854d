import type { RuledActor, TicketAct } from '../../../contract/desk/index.ts'
import type { Context } from '../../platform/context.ts'
import { notFound } from '../../platform/errors.ts'
import { named, requireAct, type Ticket, visible } from './ticket.ts'

type Of<G extends readonly string[]> = { [K in keyof G]: Ticket }

/**
 * Takes several tickets for one act, as `takeTicket` does one: locked in the order of their ids, so that two who take
 * the same ones never wait for each other; answered in the order they were given. `act` says what is done to each.
 */
export const takeTickets = async <const G extends readonly string[]>(
  ctx: Context,
  given: G,
  act: (ticket: Ticket, index: number, actor: RuledActor) => TicketAct | null,
): Promise<Of<G>> => {
  const rows = await ctx.db
    .selectFrom('tickets')
    .selectAll('tickets')
    .where((eb) => eb.or(given.map((g) => named(g)(eb))))
    .where(visible(ctx.scope))
    .orderBy('tickets.id')
    .forUpdate()
    .execute()
  const byName = new Map(rows.flatMap((t) => [[t.id, t] as const, [t.number, t] as const]))
  const found = given.map((g) => {
    const row = byName.get(/^\w{3}-/.test(g) ? g.toUpperCase() : g.toLowerCase())
    if (!row) throw notFound(`The ticket ${g}`)
    return row
  })
  for (const [index, row] of found.entries()) await requireAct(ctx, row, (t, actor) => act(t, index, actor))
  return found as Of<G>
}
