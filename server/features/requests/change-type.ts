import { isDeepStrictEqual } from 'node:util'
import { changeRequestTypeInput } from '../../../contract/requests/index.ts'
import type { Context } from '../../platform/context.ts'
import { ref } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { requestTypeChanged } from './events.ts'
import { requireTypeReferences } from './type-guard.ts'
import { lockType, type TypeRow } from './type-rows.ts'
import { showType } from './type-view.ts'

const fieldsOf = (t: TypeRow) => ({
  name: t.name,
  description: t.description,
  category: t.category,
  icon: t.icon,
  teamId: t.team_id,
  serviceId: t.service_id,
  priority: t.priority,
  businessUnitIds: t.business_unit_ids,
  form: t.form,
  checklist: t.checklist,
  approvals: t.approvals,
})
type Fields = ReturnType<typeof fieldsOf>

const versioned: readonly (keyof Fields)[] = ['form', 'checklist', 'approvals']

// The order of the fields is the order of the form, which a comparison of objects does not see.
const same = (a: unknown, b: unknown) => isDeepStrictEqual(a, b) && JSON.stringify(a) === JSON.stringify(b)

/**
 * Changes a request type. Another form, checklist or approvals make the next version; requests that were made keep
 * theirs.
 */
export const changeRequestType = verb('request_type.change', {
  permission: 'request_type.write',
  input: changeRequestTypeInput,
  async run(ctx, { id: given, ...wanted }) {
    const type = await lockType(ctx, given)
    const before = fieldsOf(type)
    const changed = (Object.keys(before) as (keyof Fields)[]).filter(
      (f) => wanted[f] !== undefined && !same(wanted[f], before[f]),
    )
    if (changed.length === 0) return ctx.unchanged(await showType(ctx.db, type.id))
    const after = { ...before, ...Object.fromEntries(changed.map((f) => [f, wanted[f]])) } as Fields
    await requireTypeReferences(ctx, Object.fromEntries(changed.map((f) => [f, wanted[f]])))
    const formVersion = changed.some((f) => versioned.includes(f))
      ? await nextVersion(ctx, type, after)
      : type.current_version
    await ctx.db
      .updateTable('request_types')
      .set({
        name: after.name,
        description: after.description,
        category: after.category,
        icon: after.icon,
        team_id: after.teamId,
        service_id: after.serviceId,
        priority: after.priority,
        business_unit_ids: after.businessUnitIds,
        current_version: formVersion,
        updated_at: ctx.now(),
        version: type.version + 1,
      })
      .where('id', '=', type.id)
      .execute()
    ctx.record(requestTypeChanged, {
      subject: ref('request_type', type.id),
      about: [ref('team', type.team_id)],
      team: after.teamId,
      data: { name: after.name, fields: changed, formVersion },
    })
    return showType(ctx.db, type.id)
  },
})

const nextVersion = async (ctx: Context, type: TypeRow, { form, checklist, approvals }: Fields): Promise<number> => {
  const number = type.current_version + 1
  await ctx.db
    .insertInto('request_type_versions')
    .values({
      type_id: type.id,
      number,
      form: JSON.stringify(form),
      checklist: JSON.stringify(checklist),
      approvals: JSON.stringify(approvals),
      created_at: ctx.now(),
    })
    .execute()
  return number
}
