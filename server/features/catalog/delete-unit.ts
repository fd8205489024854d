import { unitIdInput } from '../../../contract/catalog/unit.ts'
import { ref } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { unitDeleted } from './events.ts'
import { touchService } from './guard.ts'
import { lockUnit } from './show-unit.ts'

/** Deletes a business unit; the event stands in the timelines of the services that it used. */
export const deleteUnit = verb('unit.delete', {
  permission: 'service.write',
  input: unitIdInput,
  async run(ctx, { id }) {
    const unit = await lockUnit(ctx, id)
    const used = await ctx.db
      .deleteFrom('service_business_units')
      .where('business_unit_id', '=', id)
      .returning('service_id')
      .execute()
    for (const serviceId of used.map((u) => u.service_id).sort()) await touchService(ctx, serviceId)
    await ctx.db.deleteFrom('business_units').where('id', '=', id).execute()
    ctx.record(unitDeleted, {
      subject: ref('unit', id),
      about: used.map((u) => ref('service', u.service_id)),
      data: { name: unit.name },
    })
    return { ok: true as const }
  },
})
