import { setTimeout as pause } from 'node:timers/promises'
import type { Actor, Scope } from './access.ts'
import { type Context, createContext, type Effects } from './context.ts'
import { writeDue } from './due.ts'
import { isRetryable } from './errors.ts'
import { writeEvents } from './events.ts'
import type { Platform } from './platform.ts'

const TRIES = 4

/**
 * One transaction: runs `body`, then writes the events it recorded together with a due row for each reaction to them,
 * and the work it left. Deadlocks and serialization failures are tried again from the start.
 */
export const transact = async <T>(
  platform: Platform,
  given: { actor: Actor; scope: Scope; expected?: number | null; cause?: string | null },
  body: (ctx: Context, effects: Effects) => Promise<T>,
): Promise<T> => {
  for (let attempt = 1; ; attempt++) {
    try {
      const { result, left, moved } = await platform.db.transaction().execute(async (tx) => {
        const { ctx, effects } = createContext(platform, tx, given)
        const result = await body(ctx, effects)
        addReactions(platform, effects)
        await writeEvents(ctx.db, effects.events)
        await writeDue(ctx.db, effects.due)
        return { result, left: effects.events.length > 0 || effects.due.size > 0, moved: effects.moved }
      })
      if (left) platform.committed()
      if (moved.length > 0) platform.moved(moved)
      return result
    } catch (error) {
      if (!isRetryable(error) || attempt >= TRIES) throw error
      await pause(attempt * 5 + Math.random() * 10)
    }
  }
}

const addReactions = (platform: Platform, effects: Effects) => {
  for (const event of effects.events) {
    for (const verb of platform.registry.reactions.get(event.type) ?? []) {
      const key = `react:${verb.name}:${event.id}`
      effects.due.set(key, { key, at: event.at, run: verb, input: event, subject: event.subject, cause: event.id })
    }
  }
}
