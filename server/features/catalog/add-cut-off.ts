import { addCutOffInput } from '../../../contract/catalog/service.ts'
import { ref } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { verb } from '../../platform/verb.ts'
import { cutOffAdded } from './events.ts'
import { lockService, touchService } from './guard.ts'
import { showService } from './show-service.ts'

export const addCutOff = verb('service.add_cut_off', {
  permission: 'service.write',
  input: addCutOffInput,
  async run(ctx, { id, ...given }) {
    const service = await lockService(ctx, id)
    const cutOff = { ...given, days: given.days.toSorted((a, b) => a - b) }
    await ctx.db
      .insertInto('cut_offs')
      .values({
        id: newId(),
        service_id: id,
        name: cutOff.name,
        at_time: cutOff.atTime,
        zone: cutOff.zone,
        days: cutOff.days,
      })
      .execute()
    await touchService(ctx, id)
    ctx.record(cutOffAdded, {
      subject: ref('service', id),
      team: service.owner_team_id,
      data: { name: service.name, cutOff },
    })
    return showService(ctx.db, id, { now: ctx.now(), internal: true })
  },
})
