import { canService } from '../../../contract/catalog/can.ts'
import { serviceIdInput } from '../../../contract/catalog/service.ts'
import { conflict } from '../../platform/errors.ts'
import { ref } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { serviceRestored } from './events.ts'
import { holdGraph } from './graph.ts'
import { lockService } from './guard.ts'
import { showService } from './show-service.ts'

export const restoreService = verb('service.restore', {
  permission: 'service.write',
  input: serviceIdInput,
  async run(ctx, { id }) {
    await holdGraph(ctx)
    const row = await lockService(ctx, id, { archived: true })
    const show = () => showService(ctx.db, id, { now: ctx.now(), internal: true })
    if (row.archived_at === null) return ctx.unchanged(await show())
    const archivedBelow = await ctx.db
      .selectFrom('dependencies as d')
      .innerJoin('services as s', 's.id', 'd.depends_on_service_id')
      .select('s.name')
      .where('d.service_id', '=', id)
      .where('s.archived_at', 'is not', null)
      .orderBy('s.name')
      .execute()
    const refusal = canService.restore(
      { name: row.name, archived: true },
      archivedBelow.map((s) => s.name),
    )
    if (refusal) throw conflict(refusal)
    await ctx.db
      .updateTable('services')
      .set((eb) => ({ archived_at: null, updated_at: ctx.now(), version: eb('version', '+', 1) }))
      .where('id', '=', id)
      .execute()
    ctx.record(serviceRestored, { subject: ref('service', id), team: row.owner_team_id, data: { name: row.name } })
    return show()
  },
})
