import { sql } from 'kysely'
import type { LinkKind } from '../../../contract/desk/index.ts'
import type { Context, ReadContext } from '../../platform/context.ts'
import type { LinkFacts } from './link-rules.ts'

type Read = Pick<ReadContext, 'db'>

/**
 * Until the transaction ends, no other links or merges tickets: two that each look harmless could close a circle
 * together. Taken before any row is locked, so that two such acts cannot wait for each other.
 */
export const holdLinks = async (ctx: Context): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtext('desk.links'))`.execute(ctx.db)
}

/** A ticket's parents, up to the root. */
export const above = async (ctx: Read, id: string): Promise<string[]> => {
  const { rows } = await sql<{ id: string }>`
    with recursive up(id) as (
      select to_id from ticket_links where from_id = ${id} and kind = 'child_of'
      union select l.to_id from ticket_links l join up on up.id = l.from_id where l.kind = 'child_of')
    select id from up`.execute(ctx.db)
  return rows.map((r) => r.id)
}

export const parentOf = async (ctx: Read, id: string): Promise<{ id: string; number: string } | null> =>
  (await ctx.db
    .selectFrom('ticket_links')
    .innerJoin('tickets', 'tickets.id', 'ticket_links.to_id')
    .select(['tickets.id', 'tickets.number'])
    .where('ticket_links.from_id', '=', id)
    .where('ticket_links.kind', '=', 'child_of')
    .executeTakeFirst()) ?? null

/** What the rules of a link look at. */
export const linkFacts = async (
  ctx: Read,
  kind: LinkKind,
  from: LinkFacts['from'],
  to: LinkFacts['to'],
): Promise<LinkFacts> => {
  const { rows } = await sql<{ fromId: string; kind: LinkKind }>`
    select from_id as "fromId", kind from ticket_links
    where (from_id = ${from.id} and to_id = ${to.id}) or (from_id = ${to.id} and to_id = ${from.id})`.execute(ctx.db)
  const tree = kind === 'child_of'
  return {
    kind,
    from,
    to,
    between: rows,
    parent: tree ? await parentOf(ctx, from.id) : null,
    above: tree ? await above(ctx, to.id) : [],
  }
}

/** Adds a link; false when it is there already. */
export const insertLink = async (ctx: Context, fromId: string, kind: LinkKind, toId: string): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await ctx.db
    .insertInto('ticket_links')
    .values({ from_id: fromId, kind, to_id: toId, at: ctx.now() })
    .onConflict((c) => c.doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

/** Takes a link away; one without a direction in either. False when there was none. */
export const deleteLink = async (ctx: Context, fromId: string, kind: LinkKind, toId: string): Promise<boolean> => {
  const { numDeletedRows } = await ctx.db
    .deleteFrom('ticket_links')
    .where((eb) => {
      const out = eb.and([eb('from_id', '=', fromId), eb('to_id', '=', toId)])
      const back = eb.and([eb('from_id', '=', toId), eb('to_id', '=', fromId)])
      return eb.and([eb('kind', '=', kind), kind === 'relates_to' ? eb.or([out, back]) : out])
    })
    .where('merge', 'is', null)
    .executeTakeFirstOrThrow()
  return numDeletedRows > 0n
}
