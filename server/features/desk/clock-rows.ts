import { sql } from 'kysely'
import type { Context, ReadContext } from '../../platform/context.ts'
import { prepared } from '../../platform/db/prepared.ts'
import type { ClockPlan, ClockRow } from './clock-plan.ts'

/** The stored clocks of tickets, in the order in which they began. */
export const storedClocks = (ctx: Pick<ReadContext, 'db'>, ticketIds: readonly string[]): Promise<ClockRow[]> =>
  ctx.db
    .selectFrom('ticket_clocks')
    .selectAll()
    .where('ticket_id', 'in', [...ticketIds])
    .orderBy('ticket_id')
    .orderBy('started_at')
    .orderBy('cycle')
    .execute()

/** Writes what changed, of one ticket or of a thousand, in two statements. */
export const writeClocks = async (
  ctx: Pick<Context, 'db'>,
  plans: readonly Pick<ClockPlan, 'changed' | 'gone'>[],
): Promise<void> => {
  const changed = plans.flatMap((p) => p.changed)
  const gone = plans.flatMap((p) => p.gone)
  if (changed.length > 0) await upsert(ctx, changed)
  if (gone.length > 0)
    await sql`
      delete from ticket_clocks c
      using unnest(${gone.map((g) => g.ticket_id)}::uuid[], ${gone.map((g) => g.clock)}::text[],
        ${gone.map((g) => g.label)}::text[], ${gone.map((g) => g.cycle)}::int[]) as g(ticket_id, clock, label, cycle)
      where (c.ticket_id, c.clock, c.label, c.cycle) = (g.ticket_id, g.clock, g.label, g.cycle)`.execute(ctx.db)
}

const upsert = (ctx: Pick<Context, 'db'>, rows: readonly ClockRow[]) => {
  const column = <K extends keyof ClockRow>(name: K) => rows.map((r) => r[name])
  return sql`${prepared}
    insert into ticket_clocks (ticket_id, clock, label, cycle, state, started_at, due_at, warn_at, stopped_at, ticking,
      target_minutes, elapsed_minutes, warned_at, breached_at, policy_id, policy_version, calendar_id, calendar_version,
      derivation, problem)
    select * from unnest(
      ${column('ticket_id')}::uuid[], ${column('clock')}::text[], ${column('label')}::text[], ${column('cycle')}::int[],
      ${column('state')}::text[], ${column('started_at')}::timestamptz[], ${column('due_at')}::timestamptz[],
      ${column('warn_at')}::timestamptz[], ${column('stopped_at')}::timestamptz[], ${column('ticking')}::boolean[],
      ${column('target_minutes')}::int[], ${column('elapsed_minutes')}::float8[], ${column('warned_at')}::timestamptz[],
      ${column('breached_at')}::timestamptz[], ${column('policy_id')}::uuid[], ${column('policy_version')}::int[],
      ${column('calendar_id')}::uuid[], ${column('calendar_version')}::int[],
      ${rows.map((r) => JSON.stringify(r.derivation))}::jsonb[], ${column('problem')}::text[])
    on conflict (ticket_id, clock, label, cycle) do update set
      state = excluded.state, started_at = excluded.started_at, due_at = excluded.due_at, warn_at = excluded.warn_at,
      stopped_at = excluded.stopped_at, ticking = excluded.ticking, target_minutes = excluded.target_minutes,
      elapsed_minutes = excluded.elapsed_minutes, warned_at = excluded.warned_at, breached_at = excluded.breached_at,
      policy_id = excluded.policy_id, policy_version = excluded.policy_version, calendar_id = excluded.calendar_id,
      calendar_version = excluded.calendar_version, derivation = excluded.derivation, problem = excluded.problem`.execute(
    ctx.db,
  )
}
