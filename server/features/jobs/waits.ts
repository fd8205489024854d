import { sql } from 'kysely'
import type { Condition, JobWaits } from '../../../contract/jobs/waits.ts'
import type { Context } from '../../platform/context.ts'
import type { Db } from '../../platform/db/pool.ts'

/** Every job that a condition names, each once. */
export const namesIn = (condition: Condition | null): string[] => {
  const found = new Set<string>()
  // Not by calling itself: what others have written may be deep.
  const open = condition ? [condition] : []
  for (let c = open.pop(); c; c = open.pop()) {
    if (c.kind === 'all' || c.kind === 'any') open.push(...c.of)
    else if (c.kind === 'job' || c.kind === 'exit') found.add(c.job)
  }
  return [...found].sort()
}

type Row = {
  is_box: boolean
  box: string | null
  condition: unknown
  condition_text: string | null
  window_from: string | null
  window_to: string | null
  hold: string
  resources: unknown
  retries: number
  kill_after_seconds: number | null
  typical_seconds: number | null
}

/** A row as the contract has it; its JSON was validated when it was written. */
export const waitsOf = (r: Row): JobWaits => ({
  isBox: r.is_box,
  box: r.box,
  condition: r.condition as Condition | null,
  conditionText: r.condition_text,
  window: r.window_from && r.window_to ? { from: r.window_from, to: r.window_to } : null,
  hold: r.hold as JobWaits['hold'],
  resources: r.resources as JobWaits['resources'],
  retries: r.retries,
  killAfterSeconds: r.kill_after_seconds,
  typicalSeconds: r.typical_seconds,
})

/** What a job waits for; null: nothing. */
export const readWaits = async (db: Db, jobId: string): Promise<JobWaits | null> => {
  const row = await db.selectFrom('job_waits').selectAll().where('job_id', '=', jobId).executeTakeFirst()
  return row ? waitsOf(row) : null
}

/** Writes what jobs wait for in place of what stood there; null: nothing any more. */
export const writeWaits = async (
  ctx: Context,
  jobs: readonly { id: string; waits: JobWaits | null }[],
): Promise<void> => {
  const none = jobs.flatMap(({ id, waits }) => (waits ? [] : [id]))
  if (none.length > 0) await sql`delete from job_waits where job_id = any(${none}::uuid[])`.execute(ctx.db)
  const rows = jobs.flatMap(({ id, waits: w }) =>
    w
      ? [
          {
            job_id: id,
            is_box: w.isBox,
            box: w.box,
            condition: w.condition,
            condition_text: w.conditionText,
            window_from: w.window?.from ?? null,
            window_to: w.window?.to ?? null,
            hold: w.hold,
            resources: w.resources,
            retries: w.retries,
            kill_after_seconds: w.killAfterSeconds,
            typical_seconds: w.typicalSeconds,
            names: namesIn(w.condition),
          },
        ]
      : [],
  )
  if (rows.length === 0) return
  await sql`
    insert into job_waits
    select r.* from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(job_id uuid, is_box bool, box text, condition jsonb,
      condition_text text, window_from text, window_to text, hold text, resources jsonb, retries int,
      kill_after_seconds int, typical_seconds int, names text[])
    on conflict (job_id) do update set is_box = excluded.is_box, box = excluded.box, condition = excluded.condition,
      condition_text = excluded.condition_text, window_from = excluded.window_from, window_to = excluded.window_to,
      hold = excluded.hold, resources = excluded.resources, retries = excluded.retries,
      kill_after_seconds = excluded.kill_after_seconds, typical_seconds = excluded.typical_seconds,
      names = excluded.names`.execute(ctx.db)
}
