import { sql } from 'kysely'
import type { Context } from '../../platform/context.ts'
import { insertLink } from './link-rows.ts'
import type { Before } from './merged.ts'
import type { Ticket } from './ticket.ts'

type Moved = Pick<Before, 'parentId' | 'childIds' | 'mergedIds' | 'watcherIds' | 'affectedIds' | 'linked'>

/** Whom it hurts reads the title of what goes on, which is told to everybody only of urgent incidents in production. */
const isTold = (t: Ticket): boolean => t.kind === 'incident' && t.environment === 'prod' && t.priority <= 2

const ids = (rows: readonly { id: string }[]) => rows.map((r) => r.id)

/** What goes over from a duplicate to its survivor, kept so that it can come back. */
const moveIn = async (ctx: Context, one: Ticket, survivor: Ticket): Promise<Moved> => {
  const parent = await sql<{ id: string }>`
    delete from ticket_links where from_id = ${one.id} and kind = 'child_of' returning to_id as id`.execute(ctx.db)
  const children = await sql<{ id: string }>`
    update ticket_links set to_id = ${survivor.id} where to_id = ${one.id} and kind = 'child_of'
    returning from_id as id`.execute(ctx.db)
  const merged = await sql<{ id: string }>`
    update tickets set merged_into_id = ${survivor.id} where merged_into_id = ${one.id} returning id`.execute(ctx.db)
  // Those at the desk may read the survivor anyway; others go on reading their own ticket and never that one.
  const watchers = await sql<{ id: string }>`
    insert into watchers (ticket_id, user_id)
    select ${survivor.id}::uuid, u.id from users u
    where (u.id in (select w.user_id from watchers w where w.ticket_id = ${one.id}) or u.id = ${one.assignee_id}::uuid)
      and u.id is distinct from ${survivor.assignee_id}::uuid
      and (u.role in ('responder', 'lead', 'admin') or exists (select 1 from team_members m where m.user_id = u.id))
    on conflict do nothing returning user_id as id`.execute(ctx.db)
  const linked = await sql`
    select 1 from ticket_links where from_id = ${one.id} and kind = 'duplicate_of' and to_id = ${survivor.id}`.execute(
    ctx.db,
  )
  const affected = await sql<{ id: string }>`
    insert into affected_people (ticket_id, user_id, at)
    select ${survivor.id}::uuid, a.user_id, ${ctx.now()}::timestamptz from affected_people a
    where a.ticket_id = ${one.id} and ${isTold(survivor)} on conflict do nothing returning user_id as id`.execute(
    ctx.db,
  )
  return {
    affectedIds: ids(affected.rows),
    parentId: parent.rows[0]?.id ?? null,
    childIds: ids(children.rows),
    mergedIds: ids(merged.rows),
    watcherIds: ids(watchers.rows),
    linked: linked.rows.length > 0,
  }
}

const nothing: Moved = { affectedIds: [], parentId: null, childIds: [], mergedIds: [], watcherIds: [], linked: false }

/** What goes over from each of several; most of a flood of reports have nothing, and cost nothing. */
export const moveAllIn = async (
  ctx: Context,
  all: readonly Ticket[],
  survivor: Ticket,
): Promise<{ ticket: Ticket; moved: Moved }[]> => {
  const { rows } = await sql<{ id: string }>`
    select t.id from tickets t where t.id = any(${ids(all)}::uuid[]) and (t.assignee_id is not null
      or exists (select 1 from ticket_links l where l.from_id = t.id)
      or exists (select 1 from ticket_links l where l.to_id = t.id)
      or exists (select 1 from tickets m where m.merged_into_id = t.id)
      or exists (select 1 from watchers w where w.ticket_id = t.id)
      or exists (select 1 from affected_people a where a.ticket_id = t.id))`.execute(ctx.db)
  const some = new Set(ids(rows))
  const done = []
  for (const ticket of all) {
    const moved = some.has(ticket.id) ? await moveIn(ctx, ticket, survivor) : nothing
    done.push({ ticket, moved })
  }
  return done
}

/** Brings back what went over, where it still is where it went. */
export const moveOut = async (ctx: Context, one: Ticket, survivor: Ticket, before: Before): Promise<void> => {
  if (before.childIds.length > 0)
    await sql`update ticket_links set to_id = ${one.id}
    where to_id = ${survivor.id} and kind = 'child_of' and from_id = any(${before.childIds}::uuid[])`.execute(ctx.db)
  if (before.mergedIds.length > 0)
    await sql`update tickets set merged_into_id = ${one.id}
    where merged_into_id = ${survivor.id} and id = any(${before.mergedIds}::uuid[])`.execute(ctx.db)
  if (before.watcherIds.length > 0)
    await sql`delete from watchers
    where ticket_id = ${survivor.id} and user_id = any(${before.watcherIds}::uuid[])`.execute(ctx.db)
  if (before.affectedIds.length > 0)
    await sql`delete from affected_people
    where ticket_id = ${survivor.id} and user_id = any(${before.affectedIds}::uuid[])`.execute(ctx.db)
  if (before.linked)
    await ctx.db
      .updateTable('ticket_links')
      .set({ merge: null })
      .where('from_id', '=', one.id)
      .where('merge', 'is not', null)
      .execute()
  else await ctx.db.deleteFrom('ticket_links').where('from_id', '=', one.id).where('merge', 'is not', null).execute()
  if (before.parentId && (await mayStandUnder(ctx, one.id, before.parentId)))
    await insertLink(ctx, one.id, 'child_of', before.parentId)
}

/** The parent of before may have been merged, or be below it by now. */
const mayStandUnder = async (ctx: Context, id: string, parentId: string): Promise<boolean> => {
  const { rows } = await sql`
    with recursive up(id) as (
      select ${parentId}::uuid
      union select l.to_id from ticket_links l join up on up.id = l.from_id where l.kind = 'child_of')
    select 1 from tickets t where t.id = ${parentId} and t.merged_into_id is null
      and ${id}::uuid not in (select id from up)`.execute(ctx.db)
  return rows.length > 0
}
