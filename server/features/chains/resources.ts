import { sql } from 'kysely'
import { z } from 'zod'
import { setResourceInput } from '../../../contract/chains/resources.ts'
import type { ReadContext } from '../../platform/context.ts'
import type { Db } from '../../platform/db/pool.ts'
import { invalid } from '../../platform/errors.ts'
import { ref } from '../../platform/events.ts'
import { query } from '../../platform/query.ts'
import { verb } from '../../platform/verb.ts'
import type { JobDef } from './definitions.ts'
import { resourceSet } from './events.ts'

/** An estate of AutoSys has some hundreds. */
const MOST = 10_000

type Row = { name: string; units: number | null; jobs: number; needed: number }

const showResources = async ({ db }: Pick<ReadContext, 'db'>) => {
  const { rows } = await sql<Row>`
    with needed as (
      select r.name, count(*)::int as jobs, sum(r.units)::float8 as needed
      from job_waits w join jobs j on j.id = w.job_id and j.archived_at is null,
        jsonb_to_recordset(w.resources) as r(name text, units int)
      where w.resources <> '[]' group by 1)
    select coalesce(n.name, c.name) as name, c.units, coalesce(n.jobs, 0) as jobs, coalesce(n.needed, 0) as needed
    from needed n full join chain_resources c on c.name = n.name order by 1 limit ${MOST}`.execute(db)
  return { items: rows }
}

export const readResources = query('chain.resources', {
  permission: 'chain.read',
  input: z.object({}),
  async run(ctx) {
    // The same for everybody; there is no row to choose.
    void ctx.scope
    return showResources(ctx)
  },
})

/** From the next prediction on. */
export const setResource = verb('chain.set_resource', {
  permission: 'chain.setting',
  input: setResourceInput,
  async run(ctx, { name, units }) {
    void ctx.scope
    const before = await ctx.db
      .selectFrom('chain_resources')
      .select('units')
      .where('name', '=', name)
      .executeTakeFirst()
    if ((before?.units ?? null) === units) return ctx.unchanged(await showResources(ctx))
    if (!before && (await countOf(ctx.db)) >= MOST)
      throw invalid('name', `there are 10,000 resources already; take out what no job waits for, by units null.`)
    if (units === null) await ctx.db.deleteFrom('chain_resources').where('name', '=', name).execute()
    else
      await ctx.db
        .insertInto('chain_resources')
        .values({ name, units, updated_at: ctx.now() })
        .onConflict((on) => on.column('name').doUpdateSet({ units, updated_at: ctx.now() }))
        .execute()
    ctx.record(resourceSet, {
      subject: ref('chain-resource', name),
      data: { name, before: before?.units ?? null, after: units },
    })
    return showResources(ctx)
  },
})

/** How much there is of what these jobs need, as far as somebody has said it. */
export const unitsFor = async (db: Db, jobs: readonly JobDef[]): Promise<Map<string, number>> => {
  const names = [...new Set(jobs.flatMap(({ waits }) => waits.resources.map(({ name }) => name)))]
  if (names.length === 0) return new Map()
  const rows = await db.selectFrom('chain_resources').select(['name', 'units']).where('name', 'in', names).execute()
  return new Map(rows.map(({ name, units }) => [name, units]))
}

const countOf = async (db: Db): Promise<number> => {
  const { n } = await db
    .selectFrom('chain_resources')
    .select((e) => e.fn.countAll<string>().as('n'))
    .executeTakeFirstOrThrow()
  return Number(n)
}
