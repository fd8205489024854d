import { changeUnitInput } from '../../../contract/catalog/unit.ts'
import { differences } from '../../platform/differences.ts'
import { ref } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { unitChanged } from './events.ts'
import { lockUnit, showUnit, type UnitFields } from './show-unit.ts'

export const changeUnit = verb('unit.change', {
  permission: 'service.write',
  input: changeUnitInput,
  async run(ctx, { id, ...given }) {
    const row = await lockUnit(ctx, id)
    const stored: UnitFields = { name: row.name, site: row.site, people: row.people }
    const change = differences(stored, given)
    if (!change) return ctx.unchanged(await showUnit(ctx.db, id))
    await ctx.db
      .updateTable('business_units')
      .set((eb) => ({ ...change.next, updated_at: ctx.now(), version: eb('version', '+', 1) }))
      .where('id', '=', id)
      .execute()
    ctx.record(unitChanged, {
      subject: ref('unit', id),
      data: { name: stored.name, before: change.before, after: change.after },
    })
    return showUnit(ctx.db, id)
  },
})
