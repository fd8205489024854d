import type { Transaction } from 'kysely'
import { type Actor, type Scope, userOf } from './access.ts'
import type { Instant } from './clock.ts'
import type { Config } from './config.ts'
import type { Crypto } from './crypto.ts'
import type { DB } from './db/schema.gen.ts'
import type { DueInput } from './due.ts'
import { AppError } from './errors.ts'
import { type EventType, type PendingEvent, pendingEvent, type Recorded } from './events.ts'
import type { Log } from './log.ts'
import type { Platform } from './platform.ts'
import type { Registry } from './registry-of-work.ts'

/** What a query works with. */
export type ReadContext = {
  actor: Actor
  scope: Scope
  db: Db
  now(): Instant
  log: Log
  config: Config
  crypto: Crypto
  registry: Registry
}
type Db = Platform['db']

/** What a verb, and every inner function that a verb calls, works with. `db` is the verb's transaction. */
export type Context = ReadContext & {
  /** The version the caller read (If-Match), or null. */
  expected: number | null
  /** The event that led here, or null. */
  cause: string | null
  record<D>(type: EventType<D>, event: Recorded<D>): PendingEvent
  /** Work for later; the same key replaces what was there. */
  due(work: DueInput): void
  cancelDue(key: string): void
  /** Tells whoever is shown this subject, once it is so, that it is old, where no event does. */
  moved(subject: string): void
  /** Says that nothing needed to change; the verb's answer is `value`. */
  unchanged<T>(value: T): T
}

export type Effects = {
  events: PendingEvent[]
  due: Map<string, DueInput | null>
  moved: string[]
  unchanged: boolean
  scopeSeen: boolean
}

export const createContext = (
  platform: Platform,
  db: Transaction<DB>,
  given: { actor: Actor; scope: Scope; expected?: number | null; cause?: string | null },
): { ctx: Context; effects: Effects } => {
  const effects: Effects = { events: [], due: new Map(), moved: [], unchanged: false, scopeSeen: false }
  // One instant for the whole transaction: everything that a verb writes happened at the same time.
  const at = platform.clock.now()
  const ctx: Context = {
    actor: given.actor,
    get scope() {
      effects.scopeSeen = true
      return given.scope
    },
    db: db as unknown as Db,
    now: () => at,
    log: platform.log,
    config: platform.config,
    crypto: platform.crypto,
    registry: platform.registry,
    expected: given.expected ?? null,
    cause: given.cause ?? null,
    record(type, event) {
      const pending = pendingEvent(type, event, at, given.actor, given.cause ?? null)
      effects.events.push(pending)
      return pending
    },
    due: (work) => void effects.due.set(work.key, work),
    cancelDue: (key) => void effects.due.set(key, null),
    moved: (subject) => void effects.moved.push(subject),
    unchanged(value) {
      effects.unchanged = true
      return value
    },
  }
  return { ctx, effects }
}

/** The user who acts. Throws `forbidden` for keys, sources and the system: some acts are a person's own. */
export const requireUser = (ctx: Pick<Context, 'actor'>): string => {
  const user = userOf(ctx.actor)
  if (!user) throw new AppError('forbidden', 'Only a person who is signed in can do this.')
  return user
}
