import { changeCutOffInput } from '../../../contract/catalog/service.ts'
import { differences } from '../../platform/differences.ts'
import { notFound } from '../../platform/errors.ts'
import { ref } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { cutOffChanged } from './events.ts'
import { lockService, touchService } from './guard.ts'
import { showService } from './show-service.ts'

export const changeCutOff = verb('service.change_cut_off', {
  permission: 'service.write',
  input: changeCutOffInput,
  async run(ctx, { id, cutOffId, ...given }) {
    const service = await lockService(ctx, id)
    const row = await ctx.db
      .selectFrom('cut_offs')
      .selectAll()
      .where('id', '=', cutOffId)
      .where('service_id', '=', id)
      .executeTakeFirst()
    if (!row) throw notFound('The cut-off')
    const stored = { name: row.name, atTime: row.at_time, zone: row.zone, days: row.days }
    const change = differences(stored, { ...given, days: given.days?.toSorted((a, b) => a - b) })
    const show = () => showService(ctx.db, id, { now: ctx.now(), internal: true })
    if (!change) return ctx.unchanged(await show())
    const { name, atTime, zone, days } = change.next
    await ctx.db.updateTable('cut_offs').set({ name, at_time: atTime, zone, days }).where('id', '=', cutOffId).execute()
    await touchService(ctx, id)
    ctx.record(cutOffChanged, {
      subject: ref('service', id),
      team: service.owner_team_id,
      data: { name: service.name, cutOff: row.name, before: change.before, after: change.after },
    })
    return show()
  },
})
