import type { Net } from '../../../checks/lib/net.ts'
import type { Log } from '../../platform/log.ts'
import { cut } from '../../platform/text.ts'
import { createAsk } from './ask.ts'
import type { Config } from './connection-config.ts'
import { type Looked, SchedulerError, type SchedulerKind } from './define-scheduler.ts'

const DEADLINE_MS = 240_000
const MOST_PROBLEM = 400

type Wanted = {
  kind: SchedulerKind
  config: Config
  cursor: unknown
  /** Epoch milliseconds. */
  now: number
  readAt: number | null
}

/** What one look came to. */
export type Outcome = { looked: Looked } | { problem: string; retryAfterSeconds: number | null }

/** Looks once. Whatever the other side does is an outcome; rejects only where we are stopped. */
export const readScheduler = async (
  { kind, config, ...given }: Wanted,
  { net, log, signal }: { net: Net; log: Log; signal: AbortSignal },
): Promise<Outcome> => {
  const ask = createAsk({
    net,
    url: String(config.url),
    ca: config.ca as string | undefined,
    timeoutSeconds: Number(config.timeoutSeconds),
    signal: AbortSignal.any([signal, AbortSignal.timeout(DEADLINE_MS)]),
    headers: kind.headers(config),
  })
  try {
    return { looked: await kind.look({ config, ask, ...given }) }
  } catch (error) {
    if (signal.aborted) throw error
    if (error instanceof SchedulerError)
      return { problem: cut(error.message, MOST_PROBLEM), retryAfterSeconds: error.retryAfterSeconds }
    log.warn({ err: error, scheduler: kind.kind }, 'what a scheduler answers cannot be read')
    const said = error instanceof Error ? error.message : String(error)
    return { problem: cut(`what it answers cannot be understood (${said})`, MOST_PROBLEM), retryAfterSeconds: null }
  }
}
