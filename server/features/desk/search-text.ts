import { type RawBuilder, sql } from 'kysely'
import type { Context } from '../../platform/context.ts'
import type { Db } from '../../platform/db/pool.ts'
import { prepared } from '../../platform/db/prepared.ts'

/** Keeps what tickets are found by, after something of it was written. */
export const keepText = async (ctx: Context, ids: readonly string[]): Promise<void> => {
  if (ids.length === 0) return
  await sql`${prepared}
    insert into ticket_search (ticket_id, search)
    select id, ticket_text(id) from unnest(${[...ids]}::uuid[]) as u(id)
    on conflict (ticket_id) do update set search = excluded.search`.execute(ctx.db)
}

/**
 * Tickets that hold all words of a text, the last one or its beginning, wherever they were written; `"in quotes"` side by
 * side, and none with a `-` before it. Who may not read internal notes finds nothing by them.
 */
export const holdsText = (text: string, internal: boolean): RawBuilder<boolean> =>
  sql<boolean>`exists (select from ticket_search w where w.ticket_id = tickets.id and w.search @@ (${wordsOf(text, internal)}))`

/** Of fewer, all are taken from the index of words; of more, the newest are soon met with. */
const FEW = 2_000
const EXPECTED_FEW = 5_000

type Plan = { 'QUERY PLAN': { Plan: { 'Plan Rows': number } }[] }

/**
 * The tickets that `holdsText` finds, where they are few; null: they are many. A planner that does not know how few there
 * are walks over all tickets, newest first, to find none.
 */
export const fewThatHold = async (db: Db, text: string, internal: boolean): Promise<readonly string[] | null> => {
  const holding = sql<{
    id: string
  }>`select ticket_id as id from ticket_search where search @@ (${wordsOf(text, internal)})`
  const { rows: plans } = await sql<Plan>`explain (format json) ${holding}`.execute(db)
  if ((plans[0]?.['QUERY PLAN'][0]?.Plan['Plan Rows'] ?? 0) > EXPECTED_FEW) return null
  const { rows } = await sql<{ id: string }>`${holding} limit ${FEW + 1}`.execute(db)
  return rows.length > FEW ? null : rows.map(({ id }) => id)
}

const wordsOf = (text: string, internal: boolean) => {
  const [whole, begun] = lastWordApart(text)
  const where = internal ? '' : 'ABC'
  return sql`${labelled(whole, where && `:${where}`)} && ${labelled(begun, `:*${where}`)}`
}

/** What is typed may end in the middle of a word; beginnings of all words would be found more slowly, and too much. */
const lastWordApart = (text: string): [whole: string, begun: string] => {
  const begun = /(?<=^|\s)[^\s"-][^\s"]*$/.exec(text)?.[0] ?? ''
  return [text.slice(0, text.length - begun.length), begun]
}

const labelled = (text: string, label: string) => {
  const query = sql`websearch_to_tsquery('english', ${text})`
  return label === '' ? query : sql`regexp_replace(${query}::text, '''(?= |\\)|$)', ${`'${label}`}, 'g')::tsquery`
}
