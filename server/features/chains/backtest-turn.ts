import type { Actor } from '../../platform/access.ts'
import { AppError, conflict } from '../../platform/errors.ts'
import { startDrawer } from './predict/draws-client.ts'

/** A thread of its own: predictions of tonight do not wait for the nights of last year. */
export const replayer = startDrawer()

const MOST_WAITING = 4

let last: Promise<unknown> = Promise.resolve()
let waiting = 0
const asking = new Map<string, AbortController>()

/**
 * One back-test at a time in this process. What somebody asks anew takes the place of what he asked before, for which nobody
 * waits any more; when too many wait, one is refused.
 */
export const inTurn = async <Found>(actor: Actor, run: (signal: AbortSignal) => Promise<Found>): Promise<Found> => {
  const who = 'id' in actor ? actor.id : actor.kind
  const before = asking.get(who)
  before?.abort(conflict('It was given up, because you asked for another back-test.'))
  if (!before && waiting >= MOST_WAITING)
    throw new AppError('too_many', 'Others have nights played again just now. Ask again in a minute.', {
      retryAfterSeconds: 60,
    })
  const own = new AbortController()
  asking.set(who, own)
  waiting++
  const mine = last.then(() => {
    own.signal.throwIfAborted()
    return run(own.signal)
  })
  last = mine.catch(() => undefined)
  try {
    return await mine
  } finally {
    waiting--
    if (asking.get(who) === own) asking.delete(who)
  }
}
