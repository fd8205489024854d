import { removeCutOffInput } from '../../../contract/catalog/service.ts'
import { notFound } from '../../platform/errors.ts'
import { ref } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { cutOffRemoved } from './events.ts'
import { lockService, touchService } from './guard.ts'
import { showService } from './show-service.ts'

export const removeCutOff = verb('service.remove_cut_off', {
  permission: 'service.write',
  input: removeCutOffInput,
  async run(ctx, { id, cutOffId }) {
    const service = await lockService(ctx, id)
    const row = await ctx.db
      .deleteFrom('cut_offs')
      .where('id', '=', cutOffId)
      .where('service_id', '=', id)
      .returningAll()
      .executeTakeFirst()
    if (!row) throw notFound('The cut-off')
    await touchService(ctx, id)
    ctx.record(cutOffRemoved, {
      subject: ref('service', id),
      team: service.owner_team_id,
      data: { name: service.name, cutOff: { name: row.name, atTime: row.at_time, zone: row.zone, days: row.days } },
    })
    return showService(ctx.db, id, { now: ctx.now(), internal: true })
  },
})
