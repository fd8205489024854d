import { sql } from 'kysely'
import { z } from 'zod'
import { setGlobalInput } from '../../../contract/chains/globals.ts'
import type { Instant } from '../../platform/clock.ts'
import type { ReadContext } from '../../platform/context.ts'
import type { Db } from '../../platform/db/pool.ts'
import { invalid } from '../../platform/errors.ts'
import { ref } from '../../platform/events.ts'
import { query } from '../../platform/query.ts'
import { verb } from '../../platform/verb.ts'
import { hangingOn } from './deadlines-on.ts'
import { globalSet } from './events.ts'
import { predictSoon } from './predict-due.ts'

/** An estate of AutoSys has some hundreds. */
const MOST = 10_000

type Row = { name: string; value: string | null; jobs: number; setAt: Instant | null }

/** A condition of `job_waits w` names it, however deep. */
const named = sql`jsonb_path_query(w.condition, '$.** ? (@.kind == "global").name')`

const showGlobals = async ({ db }: Pick<ReadContext, 'db'>) => {
  const { rows } = await sql<Row>`
    with asked as (
      select n #>> '{}' as name, count(distinct w.job_id)::int as jobs
      from job_waits w join jobs j on j.id = w.job_id and j.archived_at is null, ${named} as n
      where w.condition is not null group by 1)
    select coalesce(a.name, g.name) as name, g.value, coalesce(a.jobs, 0) as jobs, g.updated_at as "setAt"
    from asked a full join chain_globals g on g.name = a.name order by 1 limit ${MOST}`.execute(db)
  return { items: rows }
}

export const readGlobals = query('chain.globals', {
  permission: 'chain.read',
  input: z.object({}),
  async run(ctx) {
    // The same for everybody; there is no row to choose.
    void ctx.scope
    return showGlobals(ctx)
  },
})

/** Deadlines of chains that wait for it are predicted anew. */
export const setGlobal = verb('chain.set_global', {
  permission: 'chain.setting',
  input: setGlobalInput,
  async run(ctx, { name, value }) {
    void ctx.scope
    const before = await ctx.db.selectFrom('chain_globals').select('value').where('name', '=', name).executeTakeFirst()
    if ((before?.value ?? null) === value) return ctx.unchanged(await showGlobals(ctx))
    if (!before && (await countOf(ctx.db)) >= MOST)
      throw invalid('name', `there are 10,000 variables already; take out what no job waits for, by value null.`)
    if (value === null) await ctx.db.deleteFrom('chain_globals').where('name', '=', name).execute()
    else
      await ctx.db
        .insertInto('chain_globals')
        .values({ name, value, updated_at: ctx.now() })
        .onConflict((on) => on.column('name').doUpdateSet({ value, updated_at: ctx.now() }))
        .execute()
    for (const id of await deadlinesBy(ctx.db, name)) predictSoon(ctx, id)
    ctx.record(globalSet, {
      subject: ref('chain-global', name),
      data: { name, before: before?.value ?? null, after: value },
    })
    return showGlobals(ctx)
  },
})

const deadlinesBy = async (db: Db, name: string): Promise<Set<string>> => {
  const { rows } = await sql<{ id: string }>`
    select w.job_id as id from job_waits w
    where jsonb_path_exists(w.condition, '$.** ? (@.kind == "global" && @.name == $name)', ${JSON.stringify({ name })}::jsonb)`.execute(
    db,
  )
  const hanging = await hangingOn(
    db,
    rows.map(({ id }) => id),
  )
  return new Set([...hanging.values()].flat())
}

/** What is known of variables now. Of a night to come nobody knows what they will be then. */
export const globalsNow = async (db: Db): Promise<Map<string, string>> => {
  const rows = await db.selectFrom('chain_globals').select(['name', 'value']).execute()
  return new Map(rows.map(({ name, value }) => [name, value]))
}

const countOf = async (db: Db): Promise<number> => {
  const { n } = await db
    .selectFrom('chain_globals')
    .select((e) => e.fn.countAll<string>().as('n'))
    .executeTakeFirstOrThrow()
  return Number(n)
}
