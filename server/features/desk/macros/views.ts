import { sql } from 'kysely'
import { z } from 'zod'
import { listTemplatesInput, type MacroAct } from '../../../../contract/desk/index.ts'
import { scopeFor, userOf } from '../../../platform/access.ts'
import type { ReadContext } from '../../../platform/context.ts'
import { readCursor, toPage } from '../../../platform/db/keyset.ts'
import { query } from '../../../platform/query.ts'
import { covers } from './guard.ts'
import { actWords } from './words.ts'

type Table = 'macros' | 'canned_replies'
type Listed = { mine?: boolean | undefined; cursor?: string | undefined; limit: number }
type Row = {
  id: string
  team_id: string | null
  team_name: string | null
  name: string
  version: number
  acts: MacroAct[]
  body: string
}

const place = z.tuple([z.string(), z.uuid()])

/** A page of macros or canned replies by name. `mine`: those for all and those of the reader's teams. */
const pageOf = async (ctx: ReadContext, table: Table, { mine, cursor, limit }: Listed) => {
  const [name, id] = cursor ? readCursor(cursor, place) : []
  const ofReader = sql`(m.team_id is null or m.team_id in
    (select team_id from team_members where user_id = ${userOf(ctx.actor)}::uuid))`
  const { rows } = await sql<Row>`
    select m.*, t.name as team_name from ${sql.table(table)} m left join teams t on t.id = m.team_id
    where ${mine ? ofReader : sql`true`}
      and ${name === undefined ? sql`true` : sql`(lower(m.name), m.id) > (${name}, ${id}::uuid)`}
    order by lower(m.name), m.id limit ${limit + 1}`.execute(ctx.db)
  return toPage(rows, limit, (r) => [r.name.toLowerCase(), r.id])
}

const common = (ctx: ReadContext, row: Row) => {
  const scope = scopeFor(ctx.actor, 'macro.write')
  return {
    id: row.id,
    name: row.name,
    team: row.team_id ? { id: row.team_id, name: row.team_name ?? '' } : null,
    mayChange: scope !== null && covers(scope, row.team_id),
    version: row.version,
  }
}

export const listMacros = query('macro.list', {
  permission: 'macro.read',
  input: listTemplatesInput,
  async run(ctx, input) {
    const { items, next } = await pageOf(ctx, 'macros', input)
    const names = await namesIn(
      ctx,
      items.flatMap((m) => m.acts),
    )
    return { next, items: items.map((m) => showMacro(ctx, m, names)) }
  },
})

export const listReplies = query('canned_reply.list', {
  permission: 'macro.read',
  input: listTemplatesInput,
  async run(ctx, input) {
    const { items, next } = await pageOf(ctx, 'canned_replies', input)
    return { next, items: items.map((r) => ({ ...common(ctx, r), body: r.body })) }
  },
})

const find = async (ctx: ReadContext, table: Table, id: string): Promise<Row> => {
  const { rows } = await sql<Row>`
    select m.*, t.name as team_name from ${sql.table(table)} m left join teams t on t.id = m.team_id
    where m.id = ${id}`.execute(ctx.db)
  return rows[0] as Row
}

/** As lists show it, after an act. */
export const macroOf = async (ctx: ReadContext, id: string) => {
  const row = await find(ctx, 'macros', id)
  return showMacro(ctx, row, await namesIn(ctx, row.acts))
}

export const replyOf = async (ctx: ReadContext, id: string) => {
  const row = await find(ctx, 'canned_replies', id)
  return { ...common(ctx, row), body: row.body }
}

const showMacro = (ctx: ReadContext, row: Row, names: ReadonlyMap<string, string>) => ({
  ...common(ctx, row),
  acts: row.acts,
  sentences: row.acts.map((a) => actWords(a, names)),
})

/** Names of the people and teams that acts name. */
export const namesIn = async (ctx: Pick<ReadContext, 'db'>, acts: MacroAct[]): Promise<Map<string, string>> => {
  const people = acts.flatMap((a) => (a.act === 'assign' ? [a.userId] : []))
  const teams = acts.flatMap((a) => (a.act === 'move' ? [a.teamId] : []))
  if (people.length + teams.length === 0) return new Map()
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from users where id = any(${people}::uuid[])
    union all select id, name from teams where id = any(${teams}::uuid[])`.execute(ctx.db)
  return new Map(rows.map((r) => [r.id, r.name]))
}
