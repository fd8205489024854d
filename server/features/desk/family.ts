import { sql } from 'kysely'
import type { ReadContext } from '../../platform/context.ts'
import { prepared } from '../../platform/db/prepared.ts'

type Read = Pick<ReadContext, 'db'>

/**
 * The tickets under one: its children and theirs, and what was merged into any of them; a common table expression
 * `family(id, depth)` that begins with the ticket itself at depth 0.
 */
export const familyOf = (id: string) => sql`family(id) as (
    select ${id}::uuid
    union
    select under.id from family f cross join lateral (
      select l.from_id as id from ticket_links l where l.to_id = f.id and l.kind = 'child_of'
      union all
      select t.id from tickets t where t.merged_into_id = f.id) under)`

export type Relative = { id: string; number: string; state: string; merged: boolean; requesterId: string | null }

/** What was merged into these tickets, with the one that each goes on in. */
export const mergedInto = async (
  ctx: Read,
  ids: readonly string[],
): Promise<{ id: string; number: string; into: string }[]> => {
  if (ids.length === 0) return []
  const { rows } = await sql<{ id: string; number: string; into: string }>`
    select id, number, merged_into_id as into from tickets where merged_into_id = any(${[...ids]}::uuid[]) order by id`.execute(
    ctx.db,
  )
  return rows
}

/** Whom one reply to all reaches beside the ticket's own people: what was merged into it, and with `children` all under it that is not over. */
export const relatives = async (ctx: Read, id: string, children: boolean): Promise<Relative[]> => {
  const columns = sql`t.id, t.number, t.state, t.merged_into_id is not null as merged, t.requester_id as "requesterId"`
  const { rows } = children
    ? await sql<Relative>`with recursive ${familyOf(id)}
        select ${columns} from family f join tickets t on t.id = f.id
        where t.id <> ${id} and (t.merged_into_id is not null or t.state not in ('closed', 'cancelled'))
        order by t.id`.execute(ctx.db)
    : await sql<Relative>`select ${columns} from tickets t where t.merged_into_id = ${id} order by t.id`.execute(ctx.db)
  return rows
}

/** Beyond these, people whom a disturbance hurts see it a minute later, by their page's own looking. */
const MOST_AFFECTED = 200

/** Who follows which of these tickets: whoever asked, the watchers, and with `affected` those whom it hurts too. */
export const followersOf = async (
  ctx: Read,
  ticketIds: readonly string[],
  affected = false,
): Promise<Map<string, string[]>> => {
  if (ticketIds.length === 0) return new Map()
  const hurt = affected
    ? sql`union
      select i.id, a.user_id from unnest(${[...ticketIds]}::uuid[]) i(id) cross join lateral (
        select user_id from affected_people where ticket_id = i.id limit ${MOST_AFFECTED}) a`
    : sql``
  const { rows } = await sql<{ id: string; users: string[] }>`${prepared}
    select id, array_agg(user_id) as users from (
      select t.id, t.requester_id as user_id from tickets t where t.id = any(${[...ticketIds]}::uuid[]) and t.requester_id is not null
      union
      select w.ticket_id, w.user_id from watchers w where w.ticket_id = any(${[...ticketIds]}::uuid[])
      ${hurt}) x
    group by id`.execute(ctx.db)
  return new Map(rows.map((r) => [r.id, r.users]))
}
