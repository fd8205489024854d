import { canService } from '../../../contract/catalog/can.ts'
import { serviceIdInput } from '../../../contract/catalog/service.ts'
import { conflict } from '../../platform/errors.ts'
import { ref } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { serviceArchived } from './events.ts'
import { holdGraph } from './graph.ts'
import { lockService } from './guard.ts'
import { showService } from './show-service.ts'

/** Takes a service out of sight. Its history, dependencies and cut-offs are kept for the day it is restored. */
export const archiveService = verb('service.archive', {
  permission: 'service.write',
  input: serviceIdInput,
  async run(ctx, { id }) {
    await holdGraph(ctx)
    const row = await lockService(ctx, id, { archived: true })
    const show = () => showService(ctx.db, id, { now: ctx.now(), internal: true })
    if (row.archived_at !== null) return ctx.unchanged(await show())
    const dependents = await ctx.db
      .selectFrom('dependencies as d')
      .innerJoin('services as s', 's.id', 'd.service_id')
      .select('s.name')
      .where('d.depends_on_service_id', '=', id)
      .where('s.archived_at', 'is', null)
      .orderBy('s.name')
      .execute()
    const refusal = canService.archive(
      { name: row.name, archived: false },
      dependents.map((d) => d.name),
    )
    if (refusal) throw conflict(refusal)
    await ctx.db
      .updateTable('services')
      .set((eb) => ({ archived_at: ctx.now(), updated_at: ctx.now(), version: eb('version', '+', 1) }))
      .where('id', '=', id)
      .execute()
    ctx.record(serviceArchived, { subject: ref('service', id), team: row.owner_team_id, data: { name: row.name } })
    return show()
  },
})
