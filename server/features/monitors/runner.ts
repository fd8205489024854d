import { setMaxListeners } from 'node:events'
import { Gauge } from 'prom-client'
import type { CheckResult } from '../../../checks/lib/result.ts'
import type { Platform } from '../../platform/platform.ts'
import type { Running } from '../../platform/registry-of-work.ts'
import { createStallWatch, honest } from './honest.ts'
import { createIntake } from './intake.ts'
import { createLeases } from './leases.ts'
import { createRoster, type Watched } from './roster.ts'
import { createRota } from './rota.ts'

const POLL_MS = 1_000

/**
 * Looks after this process's share of the monitors: leases say which, the roster holds them, the rota says whose turn
 * it is, the intake keeps what they saw. Nothing here decides a state.
 */
export const startRunner = async (platform: Platform): Promise<Running> => {
  const { clock, log, metrics, net } = platform
  const stopping = new AbortController()
  setMaxListeners(0, stopping.signal)
  const stalls = createStallWatch()
  const intake = createIntake(platform)
  let seq = 0

  const lookAt = async (watched: Watched) => {
    const term = leases.term(watched.shard)
    if (term === null) return
    const turn = { term, seq: ++seq }
    const now = clock.now()
    const started = performance.now()
    const raw = await watched.look({ signal: stopping.signal, now, net }).catch(broken)
    // What we broke off ourselves says nothing.
    if (stopping.signal.aborted) return
    const seen = honest(raw, stalls.between(started, performance.now()), watched.timing)
    metrics.checks.inc({ kind: watched.kind, outcome: seen.outcome })
    intake.put({ monitorId: watched.id, version: watched.version, at: now.epochMilliseconds, turn, ...seen })
  }

  const rota = createRota<Watched>(clock, lookAt, {
    late: (ms) => metrics.checkLate.observe(ms / 1000),
    missed: () => metrics.checks.inc({ kind: 'any', outcome: 'missed' }),
  })
  const roster = createRoster(platform.db, platform.crypto, clock.now, rota)
  const leases = createLeases(platform.db, platform.process, log, roster.drop)
  const gauge = createGauge(platform, {
    watched: () => rota.state().watched,
    under_way: () => rota.state().underWay,
    waiting: () => rota.state().waiting,
    unkept: () => intake.parked(),
    shards: () => leases.held().length,
  })

  let reloading: Promise<void> | null = null
  const reload = () => {
    reloading ??= roster
      .reload(leases.held())
      .catch((error) => log.debug({ err: (error as Error).message }, 'could not look for changed monitors'))
      .finally(() => {
        reloading = null
      })
    return reloading
  }
  const poll = () => reload().then(rota.tick)

  await leases.start()
  await poll()
  const timer = setInterval(poll, POLL_MS)

  return {
    async idle() {
      for (;;) {
        await leases.refresh().catch(() => undefined)
        await poll()
        await rota.idle()
        await intake.idle()
        const { underWay, waiting } = rota.state()
        if (underWay === 0 && waiting === 0) return
      }
    },
    async stop() {
      clearInterval(timer)
      rota.stop()
      stopping.abort(new Error('Watchfloor is stopping.'))
      await rota.idle()
      await intake.stop()
      await leases.stop()
      stalls.stop()
      platform.metrics.registry.removeSingleMetric(gauge)
    },
  }
}

const broken = (error: unknown): CheckResult => ({
  outcome: 'blind',
  code: 'internal',
  message: `the check itself failed, which says nothing about the target: ${error instanceof Error ? error.message : String(error)}`,
  facts: [],
  ms: 0,
})

const createGauge = ({ metrics }: Platform, parts: Record<string, () => number>): string => {
  const name = 'watchfloor_monitors'
  new Gauge({
    name,
    help: 'Monitors of this process: watched, looks under way or waiting, looks not yet kept, shards held',
    labelNames: ['what'],
    registers: [metrics.registry],
    collect() {
      for (const [what, value] of Object.entries(parts)) this.set({ what }, value())
    },
  })
  return name
}
