import { sql } from 'kysely'
import { plusSeconds } from '../../platform/clock.ts'
import type { Context } from '../../platform/context.ts'
import { schedulerKinds } from './scheduler-kinds.ts'

const MOST = 5_000
const FORGOTTEN_SECONDS = 7 * 86_400

/** Keeps which jobs a scheduler has that we have not; those that were imported meanwhile are forgotten. */
export const keepStrangers = async (
  ctx: Context,
  row: { id: string; kind: string },
  { names, isAll }: { names: string[]; isAll: boolean },
): Promise<void> => {
  const kept = [...new Set(names.map((name) => name.slice(0, 500)))].sort().slice(0, MOST)
  if (kept.length > 0)
    await sql`
      insert into scheduler_strangers (scheduler_id, name, first_at, last_at)
      select ${row.id}::uuid, n, ${ctx.now()}, ${ctx.now()} from unnest(${kept}::text[]) n
      on conflict (scheduler_id, name) do update set last_at = excluded.last_at`.execute(ctx.db)
  await ctx.db
    .deleteFrom('scheduler_strangers as n')
    .where('n.scheduler_id', '=', row.id)
    .where((eb) =>
      eb.or([
        eb('n.last_at', '<', isAll ? ctx.now() : plusSeconds(ctx.now(), -FORGOTTEN_SECONDS)),
        eb.exists(
          eb
            .selectFrom('job_origins as o')
            .select('o.job_id')
            .where('o.kind', '=', schedulerKinds.get(row.kind)?.importer ?? row.kind)
            .whereRef('o.external_id', '=', 'n.name'),
        ),
      ]),
    )
    .execute()
}
