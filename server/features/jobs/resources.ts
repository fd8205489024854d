import { sql } from 'kysely'
import { z } from 'zod'
import { setResourceInput } from '../../../contract/chains/resources.ts'
import type { JobWaits } from '../../../contract/jobs/waits.ts'
import type { Context, ReadContext } from '../../platform/context.ts'
import type { Db } from '../../platform/db/pool.ts'
import { ref } from '../../platform/events.ts'
import { query } from '../../platform/query.ts'
import { verb } from '../../platform/verb.ts'
import { resourceSet } from './events.ts'
import { MOST_NAMES, requireRoom } from './room.ts'

type Row = { name: string; units: number | null; jobs: number; needed: number }

const showResources = async ({ db }: Pick<ReadContext, 'db'>) => {
  const { rows } = await sql<Row>`
    with needed as (
      select r.name, count(*)::int as jobs, sum(r.units)::float8 as needed
      from job_waits w join jobs j on j.id = w.job_id and j.archived_at is null,
        jsonb_to_recordset(w.resources) as r(name text, units int)
      where w.resources <> '[]' group by 1)
    select coalesce(n.name, c.name) as name, c.units, coalesce(n.jobs, 0) as jobs, coalesce(n.needed, 0) as needed
    from needed n full join job_resources c on c.name = n.name order by 1 limit ${MOST_NAMES}`.execute(db)
  return { items: rows }
}

export const readResources = query('chain.resources', {
  permission: 'chain.read',
  input: z.object({}),
  async run(ctx) {
    // The same for everybody who reads chains; whoever reads how deadlines stand does not.
    return ctx.scope.rows === 'all' ? showResources(ctx) : { items: [] }
  },
})

/** From the next prediction on. */
export const setResource = verb('chain.set_resource', {
  permission: 'chain.setting',
  input: setResourceInput,
  async run(ctx, { name, units }) {
    void ctx.scope
    const before = (await knownAmounts(ctx.db, [name])).get(name)?.units ?? null
    if (before === units) return ctx.unchanged(await showResources(ctx))
    if (before === null)
      await requireRoom(
        ctx.db,
        'job_resources',
        'there are 10,000 resources already; take out what no job waits for, by units null.',
      )
    if (units === null) await ctx.db.deleteFrom('job_resources').where('name', '=', name).execute()
    else
      await ctx.db
        .insertInto('job_resources')
        .values({ name, units, updated_at: ctx.now() })
        .onConflict((on) => on.column('name').doUpdateSet({ units, updated_at: ctx.now() }))
        .execute()
    told(ctx, name, before, units)
    return showResources(ctx)
  },
})

const told = (ctx: Context, name: string, before: number | null, after: number | null): void => {
  ctx.record(resourceSet, { subject: ref('chain-resource', name), data: { name, before, after } })
}

/** `said`: what a scheduler said of it last; null: it is of people alone. */
export type Amount = { units: number; said: number | null }

export const knownAmounts = async (db: Db, names: readonly string[]): Promise<Map<string, Amount>> => {
  if (names.length === 0) return new Map()
  const rows = await db
    .selectFrom('job_resources')
    .select(['name', 'units', 'said'])
    .where('name', 'in', names)
    .execute()
  return new Map(rows.map(({ name, ...amount }) => [name, amount]))
}

/** What a scheduler says of how much there is. Inner function: who may say so is asked before. */
export const writeAmounts = async (ctx: Context, given: ReadonlyMap<string, number>): Promise<void> => {
  const before = await knownAmounts(ctx.db, [...given.keys()])
  for (const [name, units] of given) {
    const row = { units, said: units, updated_at: ctx.now() }
    await ctx.db
      .insertInto('job_resources')
      .values({ name, ...row })
      .onConflict((on) => on.column('name').doUpdateSet(row))
      .execute()
    told(ctx, name, before.get(name)?.units ?? null, units)
  }
}

/** How much there is of what these jobs need, as far as somebody has said it. */
export const unitsFor = async (
  db: Db,
  jobs: readonly { waits: Pick<JobWaits, 'resources'> }[],
): Promise<Map<string, number>> => {
  const names = [...new Set(jobs.flatMap(({ waits }) => waits.resources.map(({ name }) => name)))]
  return new Map([...(await knownAmounts(db, names))].map(([name, { units }]) => [name, units]))
}
