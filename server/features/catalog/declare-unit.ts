import { z } from 'zod'
import { slug } from '../../../contract/base.ts'
import { addUnitInput, changeUnitInput } from '../../../contract/catalog/unit.ts'
import { declare, given } from '../../platform/declare/declaration.ts'
import { addUnit } from './add-unit.ts'
import { changeUnit } from './change-unit.ts'

const { name, site, people } = changeUnitInput.shape
const schema = z.strictObject({ slug, name, site, people })

/** A business unit. */
export const unitDeclaration = declare<z.output<typeof schema>>({
  kind: 'business-unit',
  help: 'A trading desk, a branch, an operations team: who is hurt when a service is.',
  key: 'slug',
  schema,
  async stored({ db }) {
    const rows = await db
      .selectFrom('business_units')
      .select(['id', 'slug', 'name', 'site', 'people'])
      .orderBy('slug')
      .execute()
    return rows.map(({ id, ...item }) => ({ id, item }))
  },
  async write(ctx, { slug, ...rest }, id) {
    const fields = given(rest)
    if (id) await changeUnit.run(ctx, { id, ...fields })
    else await addUnit.run(ctx, addUnitInput.parse({ name: slug, ...fields, slug }))
  },
})
