import { sql } from 'kysely'
import { canMonitor } from '../../../contract/monitors/can.ts'
import { detectionSentence, foundDownWithin } from '../../../contract/monitors/detection.ts'
import { monitorIdInput } from '../../../contract/monitors/inputs.ts'
import type { Seen } from '../../../contract/monitors/shapes.ts'
import type { Instant } from '../../platform/clock.ts'
import type { ReadContext } from '../../platform/context.ts'
import { notFound } from '../../platform/errors.ts'
import { query } from '../../platform/query.ts'
import { openAlertOf } from './alerts-of.ts'
import { selectMonitors, showRow } from './rows.ts'

export const readMonitor = query('monitor.read', {
  permission: 'monitor.read',
  input: monitorIdInput,
  async run(ctx, { id }) {
    if (ctx.scope.rows !== 'all') throw notFound('The monitor')
    return showMonitor(ctx, id)
  },
})

type Failure = Omit<Seen, 'timings' | 'sample'> &
  Partial<Pick<Seen, 'timings'>> & { at: number; sample?: Seen['sample'] }

/** A monitor with all that its page shows. Secrets are marks. */
export const showMonitor = async (ctx: Pick<ReadContext, 'db' | 'now'>, id: string) => {
  const r = await selectMonitors(ctx.db, ctx.now())
    .where('m.id', '=', id)
    .select([
      'm.config',
      'm.timeout_seconds',
      'm.down_after',
      'm.of_looks',
      'm.up_after',
      'm.created_at',
      'm.updated_at',
    ])
    .select(['s.last_outcome', 's.last_result', 's.last_failure'])
    .executeTakeFirst()
  if (!r) throw notFound('The monitor')
  const rhythm = { intervalSeconds: r.interval_seconds, timeoutSeconds: r.timeout_seconds, downAfter: r.down_after }
  return {
    ...showRow(r),
    config: r.config as Record<string, unknown>,
    ...rhythm,
    ofLooks: r.of_looks,
    upAfter: r.up_after,
    detection: { seconds: foundDownWithin(rhythm), sentence: detectionSentence(rhythm) },
    lastResult: lastResult(r),
    lastFailure: lastFailure(r.last_failure as Failure | null),
    alert: await openAlertOf(ctx.db, id),
    can: { pause: canMonitor.pause(r), resume: canMonitor.resume(r) },
    createdAt: r.created_at,
    updatedAt: r.updated_at,
  }
}

type Last = { last_at: Instant | null; last_outcome: string | null; last_ms: number | null; last_result: unknown }

const lastResult = (r: Last) => {
  if (!r.last_at || !r.last_outcome) return null
  const rest = r.last_result as Pick<Failure, 'code' | 'message' | 'facts' | 'timings'>
  return {
    at: r.last_at,
    outcome: r.last_outcome as Seen['outcome'],
    ms: r.last_ms ?? 0,
    ...rest,
    timings: rest.timings ?? {},
  }
}

const lastFailure = (f: Failure | null) =>
  f && { ...f, at: Temporal.Instant.fromEpochMilliseconds(f.at), timings: f.timings ?? {}, sample: f.sample ?? null }

/** Throws `not_found` where there is no such monitor, or the reader may see none. */
export const requireReadable = async (ctx: ReadContext, id: string): Promise<void> => {
  const { rows } =
    ctx.scope.rows === 'all' ? await sql`select 1 from monitors where id = ${id}`.execute(ctx.db) : { rows: [] }
  if (rows.length === 0) throw notFound('The monitor')
}
