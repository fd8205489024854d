import { addUnitInput } from '../../../contract/catalog/unit.ts'
import { invalid } from '../../platform/errors.ts'
import { ref } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { verb } from '../../platform/verb.ts'
import { unitAdded } from './events.ts'
import { requireAllRows, showUnit } from './show-unit.ts'

export const addUnit = verb('unit.add', {
  permission: 'service.write',
  input: addUnitInput,
  async run(ctx, { slug, name, site, people }) {
    requireAllRows(ctx)
    const row = await ctx.db
      .insertInto('business_units')
      .values({ id: newId(), slug, name, site, people, created_at: ctx.now(), updated_at: ctx.now() })
      .onConflict((c) => c.column('slug').doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!row) throw invalid('slug', `${slug} is taken by another business unit; choose another.`)
    ctx.record(unitAdded, { subject: ref('unit', row.id), data: { name, after: { slug, site, people } } })
    return showUnit(ctx.db, row.id)
  },
})
