import type { Environment } from '../../../contract/base.ts'
import type { MonitorState } from '../../../contract/monitors/words.ts'
import type { Context } from '../../platform/context.ts'
import { ref } from '../../platform/events.ts'
import { monitorSource, reportSignals, type Signal } from '../alerts/index.ts'
import { hostOf } from './config.ts'
import { monitorDegraded, monitorRecovered, monitorWentBlind, monitorWentDown } from './events.ts'
import { type Change, signalOf, summaryOf, type Told } from './signal.ts'

export type TellRow = Omit<Told, 'host'> & {
  config: Record<string, unknown>
  serviceId: string | null
  teamId: string | null
}

const eventOf: Record<MonitorState, typeof monitorWentDown> = {
  down: monitorWentDown,
  degraded: monitorDegraded,
  unknown: monitorWentBlind,
  up: monitorRecovered,
}

/** What reports need of a monitor; null when it is gone. */
export const tellRow = async (ctx: Context, id: string): Promise<TellRow | null> => {
  const row = await ctx.db
    .selectFrom('monitors as m')
    .leftJoin('services as s', 's.id', 'm.service_id')
    .select(['m.id', 'm.name', 'm.kind', 'm.address', 'm.environment', 'm.config', 'm.team_id as teamId'])
    .select(['m.service_id as serviceId', 's.slug as service'])
    .where('m.id', '=', id)
    .executeTakeFirst()
  if (!row) return null
  return { ...row, environment: row.environment as Environment, config: row.config as Record<string, unknown> }
}

export const aboutMonitor = (m: { id: string; serviceId: string | null }) => ({
  subject: ref('monitor', m.id),
  about: [m.serviceId && ref('service', m.serviceId)],
})

/** A change of state: the event for people, and the signal for alerts. The first "up" of a monitor is no news to alerts. */
export const reportChange = async (ctx: Context, m: TellRow, change: Change & { flip: number }): Promise<void> => {
  const { flip, from, why, message } = change
  ctx.record(eventOf[change.state], {
    ...aboutMonitor(m),
    team: m.teamId,
    data: { name: m.name, flip, from, why, message, summary: summaryOf(m.name, change) },
  })
  if (flip > 1 || change.state !== 'up') await tellAlerts(ctx, m, change)
}

/** The signal alone, with other words where a person's act is the reason. */
export const tellAlerts = async (ctx: Context, m: TellRow, change: Change, summary?: string): Promise<void> => {
  const told: Signal = signalOf({ ...m, host: hostOf(m.config) }, change, ctx.config.BASE_URL)
  await reportSignals(ctx, await monitorSource(ctx), [summary ? { ...told, summary } : told])
}
