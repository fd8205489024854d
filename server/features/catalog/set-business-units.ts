import { setBusinessUnitsInput } from '../../../contract/catalog/service.ts'
import { invalid } from '../../platform/errors.ts'
import { ref } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { businessUnitsSet } from './events.ts'
import { lockService, touchService } from './guard.ts'
import { showService } from './show-service.ts'
import { unitsOf } from './units-hit.ts'

/** Says which business units use a service: exactly these, as the whole list. */
export const setBusinessUnits = verb('service.set_business_units', {
  permission: 'service.write',
  input: setBusinessUnitsInput,
  async run(ctx, { id, businessUnitIds }) {
    const service = await lockService(ctx, id)
    const wanted = new Set(businessUnitIds)
    const old = await unitsOf(ctx.db, [id])
    const removed = old.filter((u) => !wanted.has(u.id)).map(({ id, name }) => ({ id, name }))
    const addedIds = [...wanted].filter((unit) => !old.some((u) => u.id === unit))
    const added =
      addedIds.length === 0
        ? []
        : await ctx.db
            .selectFrom('business_units')
            .select(['id', 'name'])
            .where('id', 'in', addedIds)
            .orderBy('name')
            .forShare()
            .execute()
    const missing = addedIds.find((unit) => !added.some((u) => u.id === unit))
    if (missing)
      throw invalid('businessUnitIds', `there is no business unit ${missing}; choose from the list of business units.`)
    const show = () => showService(ctx.db, id, { now: ctx.now(), internal: true })
    if (added.length === 0 && removed.length === 0) return ctx.unchanged(await show())
    if (removed.length > 0) {
      const ids = removed.map((u) => u.id)
      await ctx.db
        .deleteFrom('service_business_units')
        .where('service_id', '=', id)
        .where('business_unit_id', 'in', ids)
        .execute()
    }
    if (added.length > 0) {
      const rows = added.map((u) => ({ service_id: id, business_unit_id: u.id }))
      await ctx.db.insertInto('service_business_units').values(rows).execute()
    }
    await touchService(ctx, id)
    ctx.record(businessUnitsSet, {
      subject: ref('service', id),
      about: [...added, ...removed].map((u) => ref('unit', u.id)),
      team: service.owner_team_id,
      data: { name: service.name, added, removed },
    })
    return show()
  },
})
