import { createRequestTypeInput, mostRequestTypes } from '../../../contract/requests/index.ts'
import { conflict, invalid } from '../../platform/errors.ts'
import { ref } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { verb } from '../../platform/verb.ts'
import { requestTypeCreated } from './events.ts'
import { requireTypeReferences } from './type-guard.ts'
import { showType } from './type-view.ts'

/** Puts something into the catalogue that can be asked for. */
export const createRequestType = verb('request_type.create', {
  permission: 'request_type.write',
  input: createRequestTypeInput,
  async run(ctx, { form, checklist, approvals, ...f }) {
    await requireTypeReferences(ctx, { ...f, approvals })
    const { count } = await ctx.db
      .selectFrom('request_types')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
    if (count >= mostRequestTypes)
      throw conflict(`There are ${mostRequestTypes} request types, which is the most. Change one that is retired.`)
    const id = newId()
    const row = await ctx.db
      .insertInto('request_types')
      .values({
        id,
        slug: f.slug,
        name: f.name,
        description: f.description,
        category: f.category,
        icon: f.icon,
        team_id: f.teamId,
        service_id: f.serviceId,
        priority: f.priority,
        business_unit_ids: f.businessUnitIds,
        created_at: ctx.now(),
        updated_at: ctx.now(),
      })
      .onConflict((c) => c.column('slug').doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!row) throw invalid('slug', `${f.slug} is taken by another request type; choose another.`)
    await ctx.db
      .insertInto('request_type_versions')
      .values({
        type_id: id,
        number: 1,
        form: JSON.stringify(form),
        checklist: JSON.stringify(checklist),
        approvals: JSON.stringify(approvals),
        created_at: ctx.now(),
      })
      .execute()
    const after = { ...f, form, checklist, approvals }
    ctx.record(requestTypeCreated, {
      subject: ref('request_type', id),
      about: [ref('team', f.teamId)],
      team: f.teamId,
      data: { name: f.name, after },
    })
    return showType(ctx.db, id)
  },
})
