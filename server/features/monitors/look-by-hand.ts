import { z } from 'zod'
import type { CheckResult } from '../../../checks/lib/result.ts'
import { instantIn } from '../../../contract/base.ts'
import { monitorIdInput, tryMonitorInput } from '../../../contract/monitors/inputs.ts'
import { seen as seenShape } from '../../../contract/monitors/shapes.ts'
import type { ReadContext } from '../../platform/context.ts'
import { notFound } from '../../platform/errors.ts'
import type { RequestContext } from '../../platform/http/request.ts'
import { ask, query } from '../../platform/query.ts'
import { execute, verb } from '../../platform/verb.ts'
import { applyLooks } from './apply-looks.ts'
import { type Config, openConfig, parseConfig, reopenConfig } from './config.ts'
import { createCrowd } from './crowd.ts'
import { monitorLooked } from './events.ts'
import { flipDue } from './flip.ts'
import { requireCovered } from './guard.ts'
import { checkOf } from './kinds.ts'
import { aboutMonitor } from './report.ts'

/** No transaction waits for the network: what is to be looked at is read first, and what was seen is written after. */

const loadMonitor = async (ctx: ReadContext, id: string) => {
  const row = await ctx.db.selectFrom('monitors').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw notFound('The monitor')
  await requireCovered(ctx, row.name, row.team_id)
  return row
}

/** A monitor with its secrets, for the look alone: never answered. */
const monitorToLookAt = query('monitor.to_look_at', {
  permission: 'monitor.write',
  input: monitorIdInput,
  async run(ctx, { id }) {
    const row = await loadMonitor(ctx, id)
    const check = checkOf(row.kind)
    return { row, check, config: parseConfig(check, openConfig(row, ctx.crypto), null) }
  },
})

const configToTry = query('monitor.to_try', {
  permission: 'monitor.write',
  input: tryMonitorInput,
  async run(ctx, { kind, config, monitorId }) {
    // Whoever may write some monitor may try; whose secrets are used is looked at below.
    void ctx.scope
    const stored = monitorId ? reopenConfig(await loadMonitor(ctx, monitorId), ctx.crypto) : null
    const check = checkOf(kind)
    return { check, config: parseConfig(check, config, stored) }
  },
})

const crowd = createCrowd()

const look = (
  { platform }: RequestContext,
  { check, config }: { check: ReturnType<typeof checkOf>; config: Config },
): Promise<CheckResult> =>
  check.run(config, {
    signal: new AbortController().signal,
    now: platform.clock.now(),
    net: platform.net,
    sample: true,
  })

const shown = ({ outcome, code, message, ms, timings, facts, sample }: CheckResult) => ({
  outcome,
  code,
  message,
  ms,
  timings: timings ?? {},
  facts,
  sample: sample ?? null,
})

/** Looks once with a config that is not saved, nor is what it sees. */
export const tryMonitor = async ({ context, input }: { context: RequestContext; input: unknown }) => {
  const wanted = await ask(context.platform, configToTry, { actor: context.actor, input })
  return shown(await crowd(context.actor, () => look(context, wanted)))
}

/** Keeps what somebody saw by hand; it counts like any other look, unless the monitor is paused. */
export const recordLook = verb('monitor.record_look', {
  permission: 'monitor.write',
  input: z.object({ id: z.uuid(), version: z.int(), at: instantIn, seen: seenShape }),
  async run(ctx, { id, version, at, seen }) {
    const row = await loadMonitor(ctx, id)
    const { sample, ...rest } = seen
    const made = {
      monitorId: id,
      version,
      at: at.epochMilliseconds,
      turn: null,
      ...rest,
      ...(sample ? { sample } : {}),
    }
    const { flips, counted } = await applyLooks(ctx.db, [made])
    for (const flip of flips) ctx.due(flipDue(flip, ctx.now()))
    const { outcome, message, ms } = seen
    ctx.record(monitorLooked, {
      ...aboutMonitor({ id, serviceId: row.service_id }),
      team: row.team_id,
      data: { name: row.name, outcome, message, ms },
    })
    return { ...seen, at, counted: counted[0] ?? false }
  },
})

/** Looks at a monitor's target now, keeps the result and answers it. */
export const lookNow = async ({ context, input }: { context: RequestContext; input: unknown }) => {
  const { platform, actor } = context
  const { row, ...wanted } = await ask(platform, monitorToLookAt, { actor, input })
  const at = platform.clock.now()
  const seen = shown(await crowd(actor, () => look(context, wanted)))
  return execute(platform, recordLook, { actor, input: { id: row.id, version: row.version, at: at.toString(), seen } })
}
