import { sql } from 'kysely'
import type { Context } from '../../../platform/context.ts'
import { invalid } from '../../../platform/errors.ts'

const words = { macros: 'a macro', canned_replies: 'a canned reply' } as const

/** A name is used once in a team, and once for all teams. Of two who choose it at once, the second waits and is told. */
export const requireFreeName = async (
  ctx: Context,
  table: keyof typeof words,
  given: { teamId: string | null; name: string; but?: string },
): Promise<void> => {
  await sql`select pg_advisory_xact_lock(hashtext(${`${table} ${given.teamId} ${given.name.toLowerCase()}`}))`.execute(
    ctx.db,
  )
  const { rows } = await sql<{ id: string }>`
    select id from ${sql.table(table)}
    where lower(name) = lower(${given.name}) and team_id is not distinct from ${given.teamId}::uuid`.execute(ctx.db)
  if (rows[0] && rows[0].id !== given.but)
    throw invalid('name', `there is ${words[table]} ${given.name} already; choose another name`)
}
