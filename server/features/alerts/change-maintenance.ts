import { isDeepStrictEqual } from 'node:util'
import { canMaintenance } from '../../../contract/alerts/can.ts'
import { changeMaintenanceInput, type Recurrence, silenceIdInput } from '../../../contract/alerts/silence.ts'
import { conflict } from '../../platform/errors.ts'
import { ref } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { maintenanceChanged } from './events.ts'
import { columnsOf, refuseBadWindow, type WindowFields } from './maintenance-fields.ts'
import { lockWindow, showWindow, type Window } from './maintenance-rows.ts'
import { dueAtBoundary, endWindow } from './maintenance-turn.ts'
import { sweep } from './sweep.ts'

const fieldsOf = (row: Window): WindowFields => ({
  name: row.name,
  serviceIds: row.service_ids,
  hosts: row.hosts,
  environments: row.environments,
  startsAt: row.starts_at,
  endsAt: row.ends_at,
  recurrence: row.recurrence as Recurrence | null,
  reason: row.reason,
})

/** Instants compare by their text. */
const plain = (value: unknown) => (value instanceof Temporal.Instant ? value.toString() : value)

/** Changes a maintenance: what it no longer covers is told, what it covers now is held back. */
export const changeMaintenance = verb('maintenance.change', {
  permission: 'silence.write',
  input: changeMaintenanceInput,
  async run(ctx, { id, ...given }) {
    const row = await lockWindow(ctx, id)
    const refusal = canMaintenance.change({ name: row.name, ended: row.ended_at !== null })
    if (refusal) throw conflict(refusal)
    const stored = fieldsOf(row)
    const fields = (Object.keys(stored) as (keyof WindowFields)[]).filter(
      (f) => given[f] !== undefined && !isDeepStrictEqual(plain(given[f]), plain(stored[f])),
    )
    if (fields.length === 0) return ctx.unchanged(await showWindow(ctx.db, id, ctx.now()))
    const pick = (from: Partial<Record<keyof WindowFields, unknown>>) =>
      Object.fromEntries(fields.map((f) => [f, plain(from[f])]))
    const next = { ...stored, ...Object.fromEntries(fields.map((f) => [f, given[f]])) } as WindowFields
    await refuseBadWindow(ctx, next)
    await ctx.db
      .updateTable('maintenance_windows')
      .set((eb) => ({ ...columnsOf(next), version: eb('version', '+', 1) }))
      .where('id', '=', id)
      .execute()
    ctx.record(maintenanceChanged, {
      subject: ref('maintenance', id),
      about: [...new Set([...row.service_ids, ...next.serviceIds])].map((s) => ref('service', s)),
      team: row.team_id,
      data: { name: next.name, before: pick(stored), after: pick(given) },
    })
    const turned = dueAtBoundary(ctx, { id, ...columnsOf(next), recurrence: next.recurrence })
    await sweep(ctx, { kind: 'maintenance', id, mode: 'release', after: null })
    if (turned?.now) await sweep(ctx, { kind: 'maintenance', id, mode: 'hold', after: null })
    return showWindow(ctx.db, id, ctx.now())
  },
})

/** Ends a maintenance for good: what it held back and still fires is told. */
export const endMaintenance = verb('maintenance.end', {
  permission: 'silence.write',
  input: silenceIdInput,
  async run(ctx, { id }) {
    const row = await lockWindow(ctx, id)
    const refusal = canMaintenance.end({ name: row.name, ended: row.ended_at !== null })
    if (refusal) throw conflict(refusal)
    await endWindow(ctx, row, 'hand')
    return showWindow(ctx.db, id, ctx.now())
  },
})
