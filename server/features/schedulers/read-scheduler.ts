import type { Net } from '../../../checks/lib/net.ts'
import { secretPaths, secretsIn } from '../../../checks/lib/secrets.ts'
import type { Log } from '../../platform/log.ts'
import { maskKnown } from '../../platform/mask-secrets.ts'
import { cut } from '../../platform/text.ts'
import { createAsk } from './ask.ts'
import { basic } from './config-fields.ts'
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

/** What a scheduler says of our question may repeat what we know it by. */
const said = (kind: SchedulerKind, config: Config, words: string): string => {
  const secrets = secretsIn(secretPaths(kind.config), config)
  return cut(maskKnown(words, [...secrets, ...secrets.map((s) => basic(String(config.user), s))]), MOST_PROBLEM)
}

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
      return { problem: said(kind, config, error.message), retryAfterSeconds: error.retryAfterSeconds }
    log.warn({ err: error, scheduler: kind.kind }, 'what a scheduler answers cannot be read')
    const words = error instanceof Error ? error.message : String(error)
    return {
      problem: said(kind, config, `what it answers cannot be understood (${words})`),
      retryAfterSeconds: null,
    }
  }
}
