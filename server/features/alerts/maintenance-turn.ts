import { z } from 'zod'
import { isBefore } from '../../platform/clock.ts'
import type { Context } from '../../platform/context.ts'
import { ref } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { maintenanceBegan, maintenanceEnded, maintenancePaused } from './events.ts'
import { windowTimes } from './holds.ts'
import type { Window } from './maintenance-rows.ts'
import { sweep } from './sweep.ts'
import { lasting } from './window-times.ts'

const key = (id: string) => `maintenance.turn:${id}`

/** Looks at a window again when it next begins or ends. Answers whether it lasts now; null when it never will again. */
export const dueAtBoundary = (ctx: Context, w: Pick<Window, 'id' | 'starts_at' | 'ends_at' | 'recurrence'>) => {
  const next = lasting(windowTimes(w), ctx.now())
  if (!next) return null
  const now = !isBefore(ctx.now(), next.from)
  ctx.due({
    key: key(w.id),
    at: now ? next.to : next.from,
    run: { name: 'maintenance.turn' },
    input: { id: w.id },
    subject: ref('maintenance', w.id),
  })
  return { now, next }
}

/** The start or the end of a maintenance has come. */
export const turnMaintenance = verb('maintenance.turn', {
  permission: 'system',
  input: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    const row = await ctx.db
      .selectFrom('maintenance_windows')
      .selectAll()
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst()
    if (!row || row.ended_at) return ctx.unchanged(null)
    const place = {
      subject: ref('maintenance', id),
      about: row.service_ids.map((s) => ref('service', s)),
      team: row.team_id,
    }
    const turned = dueAtBoundary(ctx, row)
    if (!turned) {
      await endWindow(ctx, row, 'time')
      return null
    }
    await nextVersion(ctx, id)
    const { now, next } = turned
    if (now) ctx.record(maintenanceBegan, { ...place, data: { name: row.name, until: next.to.toString() } })
    else ctx.record(maintenancePaused, { ...place, data: { name: row.name, next: next.from.toString() } })
    await sweep(ctx, { kind: 'maintenance', id, mode: now ? 'hold' : 'release', after: null })
    return null
  },
})

// An alert that is being held back at this moment by the time that has just run out sees that it has changed.
const nextVersion = (ctx: Context, id: string) =>
  ctx.db
    .updateTable('maintenance_windows')
    .set((eb) => ({ version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute()

/** Ends a window that this transaction holds for good, and tells of what it held back and still fires. */
export const endWindow = async (ctx: Context, row: Window, how: 'time' | 'hand'): Promise<void> => {
  await ctx.db
    .updateTable('maintenance_windows')
    .set((eb) => ({ ended_at: ctx.now(), version: eb('version', '+', 1) }))
    .where('id', '=', row.id)
    .execute()
  ctx.cancelDue(key(row.id))
  ctx.record(maintenanceEnded, {
    subject: ref('maintenance', row.id),
    about: row.service_ids.map((s) => ref('service', s)),
    team: row.team_id,
    data: { name: row.name, how },
  })
  await sweep(ctx, { kind: 'maintenance', id: row.id, mode: 'release', after: null })
}
