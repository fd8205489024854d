import type { z } from 'zod'
import { system } from '../../server/platform/access.ts'
import type { Instant } from '../../server/platform/clock.ts'
import type { Platform } from '../../server/platform/platform.ts'
import { execute, type Verb } from '../../server/platform/verb.ts'

/** What each file of the seed works with. All is written through verbs, as the system. */
export type Tools = {
  platform: Platform
  /** The present of the firm: schedules and histories are laid around it. */
  now: Instant
  run<S extends z.ZodType, O>(verb: Verb<S, O>, input: z.input<S>): Promise<O>
}

export const toolsFor = (platform: Platform, now: Instant): Tools => ({
  platform,
  now,
  run: (verb, input) => execute(platform, verb, { actor: system, input }),
})

/** Does `make` for each entry of a table, side by side, and returns the answers under the same names. */
export const each = async <K extends string, V, R>(table: Record<K, V>, make: (value: V, name: K) => Promise<R>) => {
  const names = Object.keys(table) as K[]
  const made = await Promise.all(names.map(async (name) => [name, await make(table[name], name)] as const))
  return Object.fromEntries(made) as Record<K, R>
}
