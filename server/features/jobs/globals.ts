import { sql } from 'kysely'
import { z } from 'zod'
import { setGlobalInput } from '../../../contract/chains/globals.ts'
import type { Instant } from '../../platform/clock.ts'
import type { Context, ReadContext } from '../../platform/context.ts'
import type { Db } from '../../platform/db/pool.ts'
import { ref } from '../../platform/events.ts'
import { query } from '../../platform/query.ts'
import { verb } from '../../platform/verb.ts'
import { requireCovered } from '../monitors/index.ts'
import { globalSet } from './events.ts'
import { MOST_NAMES, requireRoom } from './room.ts'

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
    from asked a full join job_globals g on g.name = a.name order by 1 limit ${MOST_NAMES}`.execute(db)
  return { items: rows }
}

export const readGlobals = query('chain.globals', {
  permission: 'chain.read',
  input: z.object({}),
  async run(ctx) {
    // The same for everybody who reads chains; whoever reads how deadlines stand does not.
    return ctx.scope.rows === 'all' ? showGlobals(ctx) : { items: [] }
  },
})

/** As a person says it. */
export const setGlobal = verb('chain.set_global', {
  permission: 'chain.setting',
  input: setGlobalInput,
  async run(ctx, { name, value }) {
    void ctx.scope
    const known = await ctx.db.selectFrom('job_globals').select('name').where('name', '=', name).executeTakeFirst()
    if (!known && value !== null)
      await requireRoom(
        ctx.db,
        'job_globals',
        'there are 10,000 variables already; take out what no job waits for, by value null.',
      )
    if (!(await write(ctx, name, value, ctx.now()))) return ctx.unchanged(await showGlobals(ctx))
    return showGlobals(ctx)
  },
})

/** Writes what it is from then on; false: it is so already, or something newer was said. */
const write = async (ctx: Context, name: string, value: string | null, at: Instant): Promise<boolean> => {
  const before = await ctx.db
    .selectFrom('job_globals')
    .select(['value', 'updated_at'])
    .where('name', '=', name)
    .forUpdate()
    .executeTakeFirst()
  if ((before?.value ?? null) === value) return false
  if (before && Temporal.Instant.compare(before.updated_at, at) > 0) return false
  if (value === null) await ctx.db.deleteFrom('job_globals').where('name', '=', name).execute()
  else {
    // Where it was not there, somebody else may have written it meanwhile.
    const { numInsertedOrUpdatedRows } = await ctx.db
      .insertInto('job_globals')
      .values({ name, value, updated_at: at })
      .onConflict((on) =>
        on.column('name').doUpdateSet({ value, updated_at: at }).where('job_globals.updated_at', '<=', at),
      )
      .executeTakeFirstOrThrow()
    if (numInsertedOrUpdatedRows === 0n) return false
  }
  ctx.record(globalSet, {
    subject: ref('chain-global', name),
    data: { name, before: before?.value ?? null, after: value },
  })
  return true
}

const MOST_VALUE = 1_000

/**
 * As the log of a scheduler says it, of the variables for which jobs of the team wait: of others its key may say nothing.
 * All at once, for what jobs wait for is read whole. Answers how many are waited for.
 */
export const tellGlobals = verb('job.tell_globals', {
  permission: 'job.write',
  input: z.object({
    teamId: z.uuid(),
    told: z.array(
      z.object({
        names: z.array(z.string()).max(2),
        value: z.string().max(MOST_VALUE).nullable(),
        at: z.number().optional(),
      }),
    ),
  }),
  async run(ctx, { teamId, told }) {
    await requireCovered(ctx, 'The variable', teamId)
    const { rows } = await sql<{ name: string }>`
      select distinct n #>> '{}' as name from job_waits w
        join jobs j on j.id = w.job_id and j.archived_at is null and j.team_id = ${teamId}, ${named} as n
      where w.condition is not null and n #>> '{}' = any(${told.flatMap(({ names }) => names)}::text[])`.execute(ctx.db)
    const waited = new Set(rows.map(({ name }) => name))
    const now = ctx.now().epochMilliseconds
    // Of two requests with the same ones none waits for the other in a circle.
    const writes = told
      .flatMap(({ names, value, at }) => names.filter((name) => waited.has(name)).map((name) => ({ name, value, at })))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    let changed = false
    for (const { name, value, at } of writes) {
      // A clock that is ahead is not trusted: what is said after it would be held for older.
      const said = Temporal.Instant.fromEpochMilliseconds(Math.min(at ?? now, now))
      changed = (await write(ctx, name, value, said)) || changed
    }
    const found = told.filter(({ names }) => names.some((name) => waited.has(name))).length
    return changed ? found : ctx.unchanged(found)
  },
})

/** What is known of variables now. Of a night to come nobody knows what they will be then. */
export const globalsNow = async (db: Db): Promise<Map<string, string>> => {
  const rows = await db.selectFrom('job_globals').select(['name', 'value']).execute()
  return new Map(rows.map(({ name, value }) => [name, value]))
}
