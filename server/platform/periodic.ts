import { z } from 'zod'
import { type Instant, plusMillis } from './clock.ts'
import type { Context } from './context.ts'
import { type DueInput, insertIfAbsent } from './due.ts'
import type { Platform } from './platform.ts'
import type { Periodic } from './registry-of-work.ts'
import { type Verb, verb } from './verb.ts'

/** The next whole multiple of `every` seconds since the epoch: all processes agree on it, and no drift adds up. */
export const nextTime = (now: Instant, every: number): Instant => {
  const ms = every * 1000
  return plusMillis(now, ms - (now.epochMilliseconds % ms) - Number(now.epochNanoseconds % 1_000_000n) / 1e6)
}

/**
 * Work that comes round each `every` seconds. It leaves its next turn in its own transaction, so that it can neither
 * stop nor run twice; a failure is tried again like any due work. Listed by `watchfloor schedule`.
 */
export const periodic = (key: string, every: number, what: string, run: (ctx: Context) => Promise<void>): Periodic => {
  const v: Verb<z.ZodObject, void> = verb(key, {
    permission: 'system',
    input: z.object({}),
    async run(ctx) {
      await run(ctx)
      ctx.due(turn(v, key, nextTime(ctx.now(), every)))
      ctx.unchanged(undefined)
    },
  })
  return { key, every, verb: v, what }
}

const turn = (v: { name: string }, key: string, at: Instant): DueInput => ({
  key: `every:${key}`,
  at,
  run: v,
  input: {},
  priority: 1,
})

/** Puts the first turn of each periodic work in place, where there is none yet. */
export const startPeriodic = async (platform: Platform): Promise<void> => {
  const rows = platform.registry.schedule.map((p) => turn(p.verb, p.key, nextTime(platform.clock.now(), p.every)))
  await insertIfAbsent(platform.db, rows)
}
