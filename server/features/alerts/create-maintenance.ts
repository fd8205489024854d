import { createMaintenanceInput } from '../../../contract/alerts/silence.ts'
import { actorRow } from '../../platform/access.ts'
import { ref } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { verb } from '../../platform/verb.ts'
import { maintenanceCreated } from './events.ts'
import { teamToSilence } from './guard.ts'
import { columnsOf, refuseBadWindow, whenInWords } from './maintenance-fields.ts'
import { showWindow } from './maintenance-rows.ts'
import { dueAtBoundary } from './maintenance-turn.ts'
import { sweep } from './sweep.ts'

/** Plans a maintenance, once or recurring. */
export const createMaintenance = verb('maintenance.create', {
  permission: 'silence.write',
  input: createMaintenanceInput,
  async run(ctx, { teamId: given, ...fields }) {
    const teamId = await teamToSilence(ctx, given)
    await refuseBadWindow(ctx, fields)
    const row = {
      id: newId(),
      ...columnsOf(fields),
      created_by: JSON.stringify(actorRow(ctx.actor)),
      team_id: teamId,
      created_at: ctx.now(),
    }
    await ctx.db.insertInto('maintenance_windows').values(row).execute()
    ctx.record(maintenanceCreated, {
      subject: ref('maintenance', row.id),
      about: fields.serviceIds.map((s) => ref('service', s)),
      team: teamId,
      data: { name: fields.name, when: whenInWords(fields), reason: fields.reason },
    })
    const turned = dueAtBoundary(ctx, { ...row, recurrence: fields.recurrence })
    if (turned?.now) await sweep(ctx, { kind: 'maintenance', id: row.id, mode: 'hold', after: null })
    return showWindow(ctx.db, row.id, ctx.now())
  },
})
