import { canService } from '../../../contract/catalog/can.ts'
import { addDependencyInput } from '../../../contract/catalog/service.ts'
import type { Context } from '../../platform/context.ts'
import { conflict, invalid } from '../../platform/errors.ts'
import { ref } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { verb } from '../../platform/verb.ts'
import { circleThrough } from './cycle.ts'
import { dependencyAdded } from './events.ts'
import { holdGraph, serviceEdges } from './graph.ts'
import { lockService, touchService } from './guard.ts'
import { showService } from './show-service.ts'

/** Notes that a service depends on another service or on a host. What would close a circle is refused. */
export const addDependency = verb('service.add_dependency', {
  permission: 'service.write',
  input: addDependencyInput,
  async run(ctx, { id, serviceId, hostId }) {
    await holdGraph(ctx)
    const service = await lockService(ctx, id)
    const on = serviceId ? await serviceBelow(ctx, id, serviceId) : await hostBelow(ctx, hostId ?? '')
    const show = () => showService(ctx.db, id, { now: ctx.now(), internal: true })
    const added = await ctx.db
      .insertInto('dependencies')
      .values({
        id: newId(),
        service_id: id,
        depends_on_service_id: on.kind === 'service' ? on.id : null,
        depends_on_host_id: on.kind === 'host' ? on.id : null,
      })
      .onConflict((c) => c.doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!added) return ctx.unchanged(await show())
    await touchService(ctx, id)
    ctx.record(dependencyAdded, {
      subject: ref('service', id),
      about: [ref(on.kind, on.id)],
      team: service.owner_team_id,
      data: { name: service.name, on: on.name, kind: on.kind, id: on.id },
    })
    return show()
  },
})

type Below = { kind: 'service' | 'host'; id: string; name: string }

const serviceBelow = async (ctx: Context, id: string, serviceId: string): Promise<Below> => {
  const other = await ctx.db
    .selectFrom('services')
    .select(['name', 'archived_at'])
    .where('id', '=', serviceId)
    .executeTakeFirst()
  if (!other) throw invalid('serviceId', 'there is no such service; choose one from the list of services.')
  const refusal = canService.dependOn({ name: other.name, archived: other.archived_at !== null })
  if (refusal) throw conflict(refusal)
  if (serviceId === id) throw conflict(`${other.name} cannot depend on itself. Choose another service.`)
  const circle = circleThrough(await serviceEdges(ctx.db), { from: id, to: serviceId })
  if (circle)
    throw conflict(`This would close a circle: ${await namePath(ctx, circle)}. Remove one of these dependencies first.`)
  return { kind: 'service', id: serviceId, name: other.name }
}

const namePath = async (ctx: Context, path: readonly string[]): Promise<string> => {
  const rows = await ctx.db
    .selectFrom('services')
    .select(['id', 'name'])
    .where('id', 'in', [...path])
    .execute()
  const names = new Map(rows.map((r) => [r.id, r.name]))
  return path.map((p) => names.get(p) ?? p).join(' → ')
}

const hostBelow = async (ctx: Context, hostId: string): Promise<Below> => {
  // Held, so that the host cannot be deleted before this commits.
  const host = await ctx.db
    .selectFrom('hosts')
    .select(['id', 'name'])
    .where('id', '=', hostId)
    .forShare()
    .executeTakeFirst()
  if (!host) throw invalid('hostId', 'there is no such host; choose one from the list of hosts.')
  return { kind: 'host', ...host }
}
