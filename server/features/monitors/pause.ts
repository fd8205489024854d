import { canMonitor } from '../../../contract/monitors/can.ts'
import { monitorIdInput } from '../../../contract/monitors/inputs.ts'
import type { MonitorState } from '../../../contract/monitors/words.ts'
import { actorRow } from '../../platform/access.ts'
import type { Context } from '../../platform/context.ts'
import { conflict } from '../../platform/errors.ts'
import { verb } from '../../platform/verb.ts'
import { monitorPaused, monitorResumed } from './events.ts'
import { lockMonitor, noteChange } from './guard.ts'
import { aboutMonitor, reportChange, tellAlerts, tellRow } from './report.ts'
import { showMonitor } from './show.ts'

/**
 * Nobody looks any more: its time is unobserved, and its state no longer known. An alert that it has open stays open
 * as blind, because nobody knows that the trouble is over.
 */
export const pauseMonitor = verb('monitor.pause', {
  permission: 'monitor.write',
  input: monitorIdInput,
  async run(ctx, { id }) {
    const row = await switchTo(ctx, id, false)
    await forgetState(ctx, row)
    ctx.record(monitorPaused, { ...about(row), data: { name: row.name } })
    return showMonitor(ctx, id)
  },
})

/** Looks again; fresh looks decide. */
export const resumeMonitor = verb('monitor.resume', {
  permission: 'monitor.write',
  input: monitorIdInput,
  async run(ctx, { id }) {
    const row = await switchTo(ctx, id, true)
    ctx.record(monitorResumed, { ...about(row), data: { name: row.name } })
    return showMonitor(ctx, id)
  },
})

type Row = Awaited<ReturnType<typeof lockMonitor>>

const about = (row: Row) => ({ ...aboutMonitor({ id: row.id, serviceId: row.service_id }), team: row.team_id })

const switchTo = async (ctx: Context, id: string, enabled: boolean): Promise<Row> => {
  const row = await lockMonitor(ctx, id)
  const refusal = enabled ? canMonitor.resume(row) : canMonitor.pause(row)
  if (refusal) throw conflict(refusal)
  await ctx.db
    .updateTable('monitors')
    .set((eb) => ({ enabled, updated_at: ctx.now(), version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute()
  await noteChange(ctx, row.shard, enabled ? { serviceId: row.service_id, environment: row.environment } : undefined)
  return row
}

const forgetState = async (ctx: Context, row: Row): Promise<void> => {
  const by = actorRow(ctx.actor).name
  const s = await ctx.db
    .selectFrom('monitor_states')
    .selectAll()
    .where('monitor_id', '=', row.id)
    .forUpdate()
    .executeTakeFirstOrThrow()
  const state = s.state as MonitorState
  const told = await tellRow(ctx, row.id)
  if (told && s.decided) {
    // A change that was not reported yet would find itself out of date: it is reported here.
    if (s.applied_flip < s.flip)
      await reportChange(ctx, told, {
        flip: s.flip,
        state,
        from: null,
        why: '',
        message: s.reason ?? '',
        ms: s.last_ms ?? 0,
        at: s.since,
      })
    const blind = { state: 'unknown', from: state, why: '', message: '', ms: 0, at: ctx.now() } as const
    if (state === 'down' || state === 'degraded')
      await tellAlerts(
        ctx,
        told,
        blind,
        `${row.name} was paused by ${by} while it was ${state}; nobody knows how it is now`,
      )
  }
  const flip = s.flip + 1
  await ctx.db
    .updateTable('monitor_states')
    .set({
      state: 'unknown',
      decided: false,
      since: ctx.now(),
      reason: null,
      flip,
      applied_flip: flip,
      looks: '[]',
      watched_until: null,
    })
    .where('monitor_id', '=', row.id)
    .execute()
  await openUnobserved(ctx, row.id, s.span_from, `paused by ${by}`)
}

const openUnobserved = async (ctx: Context, id: string, openFrom: Temporal.Instant | null, message: string) => {
  // Whole milliseconds, as the looks count; a clock that was stepped back must not end a span before it began.
  const now = ctx.now().epochMilliseconds
  const from = Temporal.Instant.fromEpochMilliseconds(Math.max(now, openFrom?.epochMilliseconds ?? now))
  await ctx.db
    .deleteFrom('monitor_spans')
    .where('monitor_id', '=', id)
    .where('to_at', 'is', null)
    .where('from_at', '>=', from)
    .execute()
  await ctx.db
    .updateTable('monitor_spans')
    .set({ to_at: from })
    .where('monitor_id', '=', id)
    .where('to_at', 'is', null)
    .execute()
  await ctx.db
    .insertInto('monitor_spans')
    .values({ monitor_id: id, from_at: from, state: 'unobserved', message })
    .execute()
  await ctx.db
    .updateTable('monitor_states')
    .set({ span: 'unobserved', span_from: from })
    .where('monitor_id', '=', id)
    .execute()
}
