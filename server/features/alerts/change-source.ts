import { canSource } from '../../../contract/alerts/can.ts'
import { changeSourceInput, sourceIdInput } from '../../../contract/alerts/source.ts'
import type { Environment } from '../../../contract/base.ts'
import type { Context } from '../../platform/context.ts'
import { conflict } from '../../platform/errors.ts'
import { ref } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { sourceChanged } from './events.ts'
import { requireOwnTeam } from './guard.ts'
import { watchService } from './health.ts'
import { lockSource, refuseBadService, touchSource } from './source-guard.ts'
import type { SourceRow } from './source-rows.ts'
import { showSource } from './source-view.ts'

type Fields = {
  name: string
  teamId: string | null
  serviceId: string | null
  environment: string
  opensIncident: boolean
  perSecond: number
  expiresMinutes: number | null
}

const fieldsOf = (row: SourceRow): Fields => ({
  name: row.name,
  teamId: row.team_id,
  serviceId: row.service_id,
  environment: row.environment,
  opensIncident: row.opens_incident,
  perSecond: row.per_second,
  expiresMinutes: row.expires_minutes,
})

/** Changes a source. What its alerts were routed by so far stays with them. */
export const changeSource = verb('source.change', {
  permission: 'source.write',
  input: changeSourceInput,
  async run(ctx, { id, ...given }) {
    const { row, state } = await lockSource(ctx, id)
    const refusal = canSource.change(state)
    if (refusal) throw conflict(refusal)
    const stored = fieldsOf(row)
    const changed = (Object.keys(stored) as (keyof Fields)[]).filter(
      (f) => given[f] !== undefined && given[f] !== stored[f],
    )
    if (changed.length === 0) return ctx.unchanged(await showSource(ctx, id))
    const next = { ...stored, ...Object.fromEntries(changed.map((f) => [f, given[f]])) }
    if (changed.includes('teamId')) await requireOwnTeam(ctx, next.teamId)
    if (changed.includes('serviceId')) await refuseBadService(ctx, next.serviceId)
    await ctx.db
      .updateTable('sources')
      .set({
        name: next.name,
        team_id: next.teamId,
        service_id: next.serviceId,
        environment: next.environment,
        opens_incident: next.opensIncident,
        per_second: next.perSecond,
        expires_minutes: next.expiresMinutes,
      })
      .where('id', '=', id)
      .execute()
    await touchSource(ctx, id)
    const pick = (from: Partial<Fields>) => Object.fromEntries(changed.map((f) => [f, from[f]]))
    recordChange(ctx, row, pick(stored), pick(next))
    if (next.serviceId) await watchService(ctx, next.serviceId, next.environment as Environment)
    return showSource(ctx, id)
  },
})

const recordChange = (ctx: Context, row: SourceRow, before: Record<string, unknown>, after: Record<string, unknown>) =>
  ctx.record(sourceChanged, {
    subject: ref('source', row.id),
    about: [row.service_id && ref('service', row.service_id)],
    team: row.team_id,
    data: { name: row.name, before, after },
  })

const setEnabled = async (ctx: Context, row: SourceRow, enabled: boolean) => {
  await ctx.db.updateTable('sources').set({ enabled }).where('id', '=', row.id).execute()
  await touchSource(ctx, row.id)
  recordChange(ctx, row, { enabled: !enabled }, { enabled })
  return showSource(ctx, row.id)
}

/** Takes nothing more from a source, within seconds. Its open alerts stay. */
export const disableSource = verb('source.disable', {
  permission: 'source.write',
  input: sourceIdInput,
  async run(ctx, { id }) {
    const { row, state } = await lockSource(ctx, id)
    const refusal = canSource.disable(state)
    if (refusal) throw conflict(refusal)
    return setEnabled(ctx, row, false)
  },
})

/** Takes its events again. */
export const enableSource = verb('source.enable', {
  permission: 'source.write',
  input: sourceIdInput,
  async run(ctx, { id }) {
    const { row, state } = await lockSource(ctx, id)
    const refusal = canSource.enable(state)
    if (refusal) throw conflict(refusal)
    return setEnabled(ctx, row, true)
  },
})
