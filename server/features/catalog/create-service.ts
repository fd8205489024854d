import { createServiceInput } from '../../../contract/catalog/service.ts'
import { invalid } from '../../platform/errors.ts'
import { ref } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { verb } from '../../platform/verb.ts'
import { serviceCreated } from './events.ts'
import { requireOwnTeam } from './guard.ts'
import { columnsOf, refuseBadFields } from './service-fields.ts'
import { showService } from './show-service.ts'

export const createService = verb('service.create', {
  permission: 'service.write',
  input: createServiceInput,
  async run(ctx, { slug, ...fields }) {
    await requireOwnTeam(ctx, 'ownerTeamId', fields.ownerTeamId)
    await refuseBadFields(ctx, fields)
    const row = await ctx.db
      .insertInto('services')
      .values({ id: newId(), slug, ...columnsOf(fields), created_at: ctx.now(), updated_at: ctx.now() })
      .onConflict((c) => c.column('slug').doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!row) throw invalid('slug', `${slug} is taken by another service; choose another.`)
    const { name, ...after } = fields
    ctx.record(serviceCreated, {
      subject: ref('service', row.id),
      team: fields.ownerTeamId,
      data: { name, after: { slug, ...after } },
    })
    return showService(ctx.db, row.id, { now: ctx.now(), internal: true })
  },
})
