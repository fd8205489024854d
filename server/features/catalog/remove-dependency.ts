import { removeDependencyInput } from '../../../contract/catalog/service.ts'
import { notFound } from '../../platform/errors.ts'
import { ref } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { dependencyRemoved } from './events.ts'
import { lockService, touchService } from './guard.ts'
import { showService } from './show-service.ts'

export const removeDependency = verb('service.remove_dependency', {
  permission: 'service.write',
  input: removeDependencyInput,
  async run(ctx, { id, dependencyId }) {
    const service = await lockService(ctx, id)
    const removed = await ctx.db
      .deleteFrom('dependencies')
      .where('id', '=', dependencyId)
      .where('service_id', '=', id)
      .returning(['depends_on_service_id', 'depends_on_host_id'])
      .executeTakeFirst()
    if (!removed) throw notFound('The dependency')
    const on =
      removed.depends_on_service_id !== null
        ? { kind: 'service' as const, table: 'services' as const, id: removed.depends_on_service_id }
        : { kind: 'host' as const, table: 'hosts' as const, id: removed.depends_on_host_id ?? '' }
    const { name } = await ctx.db.selectFrom(on.table).select('name').where('id', '=', on.id).executeTakeFirstOrThrow()
    await touchService(ctx, id)
    ctx.record(dependencyRemoved, {
      subject: ref('service', id),
      about: [ref(on.kind, on.id)],
      team: service.owner_team_id,
      data: { name: service.name, on: name, kind: on.kind, id: on.id },
    })
    return showService(ctx.db, id, { now: ctx.now(), internal: true })
  },
})
