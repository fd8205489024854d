import { changeServiceInput } from '../../../contract/catalog/service.ts'
import { differences } from '../../platform/differences.ts'
import { ref } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { serviceChanged } from './events.ts'
import { lockService, requireOwnTeam } from './guard.ts'
import { columnsOf, refuseBadFields, type ServiceFields } from './service-fields.ts'
import { showService } from './show-service.ts'

/** Changes the fields that are given. Giving a service to another team needs both teams to be the actor's own. */
export const changeService = verb('service.change', {
  permission: 'service.write',
  input: changeServiceInput,
  async run(ctx, { id, ...given }) {
    const row = await lockService(ctx, id)
    const stored: ServiceFields = {
      name: row.name,
      kind: row.kind as ServiceFields['kind'],
      description: row.description,
      tier: row.tier,
      environments: row.environments,
      ownerTeamId: row.owner_team_id,
      calendarId: row.calendar_id,
      costPerHour: row.cost_per_hour,
      currency: row.currency,
    }
    const change = differences(stored, given)
    const show = () => showService(ctx.db, id, { now: ctx.now(), internal: true })
    if (!change) return ctx.unchanged(await show())
    if (change.after.ownerTeamId !== undefined) await requireOwnTeam(ctx, 'ownerTeamId', change.next.ownerTeamId)
    await refuseBadFields(ctx, change.next)
    await ctx.db
      .updateTable('services')
      .set((eb) => ({ ...columnsOf(change.next), updated_at: ctx.now(), version: eb('version', '+', 1) }))
      .where('id', '=', id)
      .execute()
    ctx.record(serviceChanged, {
      subject: ref('service', id),
      team: change.next.ownerTeamId,
      data: { name: stored.name, before: change.before, after: change.after },
    })
    return show()
  },
})
