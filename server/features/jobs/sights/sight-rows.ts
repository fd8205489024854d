import { sql } from 'kysely'
import type { Instant } from '../../../platform/clock.ts'
import type { Context } from '../../../platform/context.ts'
import type { Db } from '../../../platform/db/pool.ts'
import { expectUntold } from '../expect.ts'
import type { Sight } from './sight.ts'

const ms = (column: string) => sql`(extract(epoch from ${sql.ref(column)}) * 1000)::int8`

/** The sights of these jobs, by job. */
export const sightsOf = async (db: Db, jobIds: string[]): Promise<Map<string, Sight>> => {
  const { rows } = await sql<Sight & { id: string }>`
    select b.job_id as id, g.name, ${ms('g.before_to')} as "beforeTo", ${ms('g.from_at')} as "from", ${ms('g.to_at')} as "to",
      ${ms('g.blind_since')} as "blindSince"
    from job_sight_jobs b join job_sights g on g.id = b.sight_id where b.job_id = any(${jobIds}::uuid[])`.execute(db)
  return new Map(rows.map(({ id, ...sight }) => [id, sight]))
}

/** From now on something tells of jobs by itself. Inner function. */
export const openSight = async (ctx: Context, { id, name }: { id: string; name: string }): Promise<void> => {
  const at = ctx.now()
  await ctx.db
    .insertInto('job_sights')
    .values({ id, name, from_at: at, to_at: at })
    .onConflict((c) => c.column('id').doUpdateSet({ name }))
    .execute()
}

/** All is told until `to`; with `gap`, what was before may be missing. Inner function. */
export const advanceSight = async (ctx: Context, id: string, to: Instant, gap: boolean): Promise<void> => {
  await ctx.db
    .updateTable('job_sights')
    .set((eb) => ({
      to_at: sql`greatest(to_at, ${to})`,
      blind_since: null,
      ...(gap ? { before_to: eb.ref('to_at'), from_at: sql`greatest(to_at, ${to})` } : {}),
    }))
    .where('id', '=', id)
    .execute()
}

/** Nothing is told since `since`, until it is told again. Inner function. */
export const blindSight = async (ctx: Context, id: string, since: Instant): Promise<void> => {
  await ctx.db
    .updateTable('job_sights')
    .set({ blind_since: sql`coalesce(blind_since, ${since})` })
    .where('id', '=', id)
    .execute()
}

/** It tells no more: its jobs are judged by what comes by itself, from now on. Inner function. */
export const closeSight = async (ctx: Context, id: string): Promise<void> => {
  const rows = await ctx.db.selectFrom('job_sight_jobs').select('job_id').where('sight_id', '=', id).execute()
  await ctx.db.deleteFrom('job_sights').where('id', '=', id).execute()
  await expectUntold(
    ctx,
    rows.map((r) => r.job_id),
  )
}
