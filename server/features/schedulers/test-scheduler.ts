import { testSchedulerInput } from '../../../contract/schedulers/inputs.ts'
import type { Instant } from '../../platform/clock.ts'
import type { RequestContext } from '../../platform/http/request.ts'
import { ask, query } from '../../platform/query.ts'
import { sentence } from '../../platform/text.ts'
import { jobsNamed } from '../jobs/index.ts'
import { createCrowd, parseConfig, reopenConfig, requireOwnTeam } from '../monitors/index.ts'
import { SEALED_SCHEDULER } from './connection-config.ts'
import type { Looked } from './define-scheduler.ts'
import { importedName } from './imported-name.ts'
import { readScheduler } from './read-scheduler.ts'
import { loadScheduler } from './rows.ts'
import { kindOf } from './scheduler-kinds.ts'

const SHOWN = 20
const NEWEST = 10

const toTest = query('scheduler.to_test', {
  permission: 'scheduler.write',
  input: testSchedulerInput,
  async run(ctx, { kind, config, host, teamId, schedulerId }) {
    const stored = schedulerId
      ? reopenConfig(await loadScheduler(ctx, schedulerId), ctx.crypto, SEALED_SCHEDULER)
      : null
    const of = kindOf(kind)
    const parsed = parseConfig(of, config, stored)
    await requireOwnTeam(ctx, teamId)
    return { kind: of, config: parsed, host, teamId }
  },
})

const crowd = createCrowd()

type Wanted = Awaited<ReturnType<(typeof toTest)['run']>>

/** Looks once with a config that is not saved, nor is what it sees; tells what of it would count. */
export const testScheduler = async ({ context, input }: { context: RequestContext; input: unknown }) => {
  const { platform, actor } = context
  const wanted = await ask(platform, toTest, { actor, input })
  const at = platform.clock.now()
  const given = { ...wanted, cursor: null, now: at.epochMilliseconds, readAt: null }
  const tools = { net: platform.net, log: platform.log, signal: new AbortController().signal }
  const outcome = await crowd(actor, () => readScheduler(given, tools))
  if ('problem' in outcome)
    return {
      ok: false,
      words: sentence(`It cannot be read: ${outcome.problem}`),
      about: null,
      skewSeconds: null,
      jobs: 0,
      strangers: [],
      strangersInAll: 0,
      told: [],
    }
  return shown(context, wanted, outcome.looked, at)
}

const shown = async ({ platform }: RequestContext, { kind, host, teamId }: Wanted, looked: Looked, at: Instant) => {
  const named = (name: string) => importedName(host, name)
  const whole = [...(looked.names ?? []), ...looked.told.filter((t) => !t.isPart).map((t) => t.name)].map(named)
  const names = [...whole, ...looked.told.map((t) => named(t.name))]
  const { found, strangers } = await jobsNamed(platform.db, { kind: kind.importer, names, teamId })
  const wholes = new Set(whole)
  const unknown = strangers.filter((name) => wholes.has(name)).sort()
  return {
    ok: true,
    words: wordsOf(looked.about, found.size, unknown.length),
    about: looked.about,
    skewSeconds: looked.sent === null ? null : Math.round((looked.sent - at.epochMilliseconds) / 1000),
    jobs: found.size,
    strangers: unknown.slice(0, SHOWN),
    strangersInAll: unknown.length,
    told: looked.told
      .toSorted((a, b) => b.at - a.at)
      .slice(0, NEWEST)
      .map((t) => ({
        name: named(t.name),
        known: found.has(named(t.name)),
        kind: t.kind,
        at: Temporal.Instant.fromEpochMilliseconds(t.at),
        note: t.note ?? null,
      })),
  }
}

const wordsOf = (about: string, known: number, unknown: number): string => {
  const count = (n: number) => (n === 1 ? '1 job' : `${n} jobs`)
  if (known === 0 && unknown === 0) return `${about} answers, and names no job. May its user see them?`
  const rest = unknown === 0 ? '' : `; ${unknown} more ${unknown === 1 ? 'is' : 'are'} not imported`
  return `${about} answers, and tells of ${count(known)} of ours${rest}.`
}
