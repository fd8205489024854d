import type { z } from 'zod'
import { requireScope, system } from './access.ts'
import type { Context } from './context.ts'
import { type Claim, holdClaim, takeClaim } from './due.ts'
import { parseInput } from './parse.ts'
import type { Platform } from './platform.ts'
import { transact } from './transact.ts'

/**
 * Due work whose effect is outside the database, so that it may happen twice but never not at all. `begin` and
 * `settle` are transactions; `perform` runs between them without one. A crash after `perform` and before `settle` runs
 * all three again: `begin` finds the traces of the earlier try and says so.
 */
export type Effect<S extends z.ZodType, W, R> = {
  kind: 'effect'
  name: string
  input: S
  /** Returns what to do, or null when it does not matter any more. */
  begin(ctx: Context, input: z.output<S>): Promise<W | null>
  perform(work: W, tools: { platform: Platform; signal: AbortSignal }): Promise<R>
  settle(ctx: Context, work: W, result: R): Promise<void>
}

export const effect = <S extends z.ZodType, W, R>(
  name: string,
  def: Omit<Effect<S, W, R>, 'kind' | 'name'>,
): Effect<S, W, R> => ({
  kind: 'effect',
  name,
  ...def,
})

/** A process that was frozen must not act on a claim it has long lost; half the lease leaves room for the act itself. */
const STALE_MS = 5_000

export const perform = async <S extends z.ZodType, W, R>(
  platform: Platform,
  e: Effect<S, W, R>,
  call: { input: unknown; cause: string | null; claim: Claim; signal: AbortSignal },
): Promise<void> => {
  const given = { actor: system, scope: requireScope(system, 'system'), cause: call.cause }
  const input = parseInput(e.input, call.input)
  const started = performance.now()
  const work = await transact(platform, given, async (ctx) => {
    await holdClaim(ctx.db, call.claim)
    const found = await e.begin(ctx, input)
    if (found === null) await takeClaim(ctx.db, call.claim)
    return found
  })
  if (work === null) return
  if (performance.now() - started > STALE_MS) throw new Error('The claim grew old before the act; it is tried again.')
  const result = await e.perform(work, { platform, signal: call.signal })
  await transact(platform, given, async (ctx) => {
    await takeClaim(ctx.db, call.claim)
    await e.settle(ctx, work, result)
  })
}
