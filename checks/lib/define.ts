import type { z } from 'zod'
import { failureVerdict } from './failure-verdict.ts'
import type { Net } from './net.ts'
import { type CheckResult, tidy, type Verdict } from './result.ts'
import { secretPaths, secretsIn } from './secrets.ts'

export type CheckContext = {
  /** Aborting it ends the look as `blind`. */
  signal: AbortSignal
  /** The instant of the look, for what depends on the date (days until a certificate ends). */
  now: Temporal.Instant
  net: Net
  /** Asks for a sample also where all is fine, as the page that tries a check before saving does. */
  sample?: boolean
}

/** A kind of check as the registry holds it: any config that its `config` has parsed. */
export type Check = {
  kind: string
  title: string
  /** A few words beside the title in a list: "page, API". */
  summary: string
  help: string
  config: z.ZodObject
  example: Record<string, unknown>
  /**
   * One look. `config` is what `config.parse` returned. Never rejects, and answers within `timeoutSeconds` whatever
   * the target does; an error of our own is `blind`.
   */
  run(config: Record<string, unknown>, context: CheckContext): Promise<CheckResult>
}

type Timing = { timeoutSeconds: number; slowMs?: number | undefined }
type ConfigOf = z.ZodObject & z.ZodType<Timing>

export type CheckDefinition<C extends ConfigOf> = {
  kind: string
  title: string
  summary: string
  help: string
  config: C
  example: z.input<C>
  run(config: z.output<C>, context: CheckContext): Promise<Verdict>
}

/** A run that ignores its signal gets this much longer before it is left alone. */
const GRACE_MS = 100

/** Makes a kind of check. Deadline, abort, slowness, errors and tidying are done here, once for all kinds. */
export const defineCheck = <C extends ConfigOf>(definition: CheckDefinition<C>): Check => {
  const secrets = secretPaths(definition.config)
  return {
    ...definition,
    example: definition.example as Record<string, unknown>,
    run: async (values, context) => {
      const config = values as z.output<C>
      const started = performance.now()
      const seen = await look(definition, config, context)
      const ms = performance.now() - started
      const judged =
        seen.outcome === 'ok' && config.slowMs !== undefined && ms > config.slowMs
          ? slow(seen, ms, config.slowMs)
          : seen
      return { ...tidy(judged, () => secretsIn(secrets, config)), ms }
    },
  }
}

const look = async <C extends ConfigOf>(
  definition: CheckDefinition<C>,
  config: z.output<C>,
  context: CheckContext,
): Promise<Verdict> => {
  const { signal } = context
  if (signal.aborted) return failureVerdict(signal.reason, config.timeoutSeconds, true)
  const inner = new AbortController()
  let leave: (error: unknown) => void = () => undefined
  const left = new Promise<never>((_resolve, reject) => {
    leave = reject
  })
  let grace: NodeJS.Timeout | undefined
  const end = (reason: unknown) => {
    inner.abort(reason)
    grace = setTimeout(() => leave(reason), GRACE_MS)
  }
  const onAbort = () => end(signal.reason)
  const deadline = setTimeout(
    () => end(new DOMException('The look took too long.', 'TimeoutError')),
    config.timeoutSeconds * 1000,
  )
  signal.addEventListener('abort', onAbort)
  try {
    return await Promise.race([definition.run(config, { ...context, signal: inner.signal }), left])
  } catch (error) {
    return failureVerdict(error, config.timeoutSeconds, signal.aborted)
  } finally {
    clearTimeout(deadline)
    clearTimeout(grace)
    signal.removeEventListener('abort', onAbort)
  }
}

const slow = (seen: Verdict, ms: number, limit: number): Verdict => ({
  ...seen,
  outcome: 'degraded',
  code: 'slow',
  message: `took ${Math.round(ms)} ms, more than ${limit} ms`,
})

/** Whether an exported value is a check; for the registry. Throws a sentence where it looks like one and is not whole. */
export const isCheck = (exported: unknown): exported is Check => {
  if (typeof exported !== 'object' || exported === null || !('kind' in exported)) return false
  const missing = ['title', 'summary', 'help', 'config', 'example', 'run'].filter((part) => !(part in exported))
  if (missing.length > 0) throw new Error(`the check lacks ${missing.join(', ')}`)
  return true
}
