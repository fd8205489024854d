import { sql } from 'kysely'
import { eventInput, ref, refId } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { unitDeleted } from '../catalog/index.ts'
import { requestTypeChanged, requestTypeRetired } from './events.ts'
import { selectTypes } from './type-rows.ts'

/**
 * A business unit was deleted: no request type names it any more. One that was for its people alone leaves the
 * catalogue; without any unit it would be for everybody.
 */
export const forgetUnit = verb('request_type.forget_unit', {
  permission: 'system',
  input: eventInput(unitDeleted),
  async run(ctx, event) {
    const unitId = refId(event.subject)
    const types = await selectTypes(ctx.db, sql`${unitId}::uuid = any(r.business_unit_ids)`, sql`for update of r`)
    if (types.length === 0) return ctx.unchanged(null)
    for (const type of types) {
      const left = type.business_unit_ids.filter((id) => id !== unitId)
      const retires = left.length === 0 && type.retired_at === null
      await ctx.db
        .updateTable('request_types')
        .set({ business_unit_ids: left, updated_at: ctx.now(), version: type.version + 1 })
        .$if(retires, (update) => update.set({ retired_at: ctx.now() }))
        .where('id', '=', type.id)
        .execute()
      const { name, current_version: formVersion } = type
      const place = { subject: ref('request_type', type.id), team: type.team_id }
      ctx.record(requestTypeChanged, { ...place, data: { name, fields: ['businessUnitIds'], formVersion } })
      if (retires) ctx.record(requestTypeRetired, { ...place, data: { name } })
    }
    return null
  },
})
