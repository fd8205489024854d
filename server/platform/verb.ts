import type { z } from 'zod'
import type { Permission } from '../../contract/permissions.ts'
import { type Actor, linkScope, requireScope, type Scope } from './access.ts'
import type { Context, Effects } from './context.ts'
import { type Claim, takeClaim } from './due.ts'
import { AppError } from './errors.ts'
import { rememberAnswer } from './idempotency.ts'
import { parseInput } from './parse.ts'
import type { Platform } from './platform.ts'
import { transact } from './transact.ts'

/**
 * One write. Checks the permission, parses the input, runs in a transaction, and requires that an event was recorded
 * (or `ctx.unchanged` said that nothing needed to change), and that a row scope narrower than "all" was looked at.
 */
export type Verb<S extends z.ZodType, O> = {
  kind: 'verb'
  name: string
  permission: Permission | 'system'
  input: S
  run(ctx: Context, input: z.output<S>): Promise<O>
}

export const verb = <S extends z.ZodType, O>(
  name: string,
  def: { permission: Permission | 'system'; input: S; run(ctx: Context, input: z.output<S>): Promise<O> },
): Verb<S, O> => ({ kind: 'verb', name, ...def })

export type Call = {
  actor: Actor
  input: unknown
  cause?: string | null
  /** Set when it runs from due work: the row is taken away in the same transaction. */
  claim?: Claim
  expected?: number | null
  idempotencyKey?: string | null
}

/** Thrown by a verb that only had to say what it would do: nothing of it is kept, and its caller gets `answer`. */
export class RollBack extends Error {
  readonly answer: unknown
  constructor(answer: unknown) {
    super('Nothing of this is kept.')
    this.answer = answer
  }
}

/** Runs a verb for an actor. Throws AppError for what the caller did wrong; anything else is our own fault. */
export const execute = async <S extends z.ZodType, O>(platform: Platform, v: Verb<S, O>, call: Call): Promise<O> => {
  const scope = scopeOf(v, call.actor)
  const input = parseInput(v.input, inputOf(call))
  return transact(
    platform,
    { actor: call.actor, scope, expected: call.expected ?? null, cause: call.cause ?? null },
    async (ctx, effects) => {
      if (call.claim) await takeClaim(ctx.db, call.claim)
      const run = () => runChecked(v, ctx, effects, input, scope)
      return call.idempotencyKey ? rememberAnswer(ctx, call.idempotencyKey, v.name, call.input, run, effects) : run()
    },
  ).catch((error: unknown) => {
    if (error instanceof RollBack) return error.answer as O
    throw error
  })
}

// What a link was signed for stands; its bearer may only add what it leaves open.
const inputOf = ({ actor, input }: Call): unknown =>
  actor.kind === 'link' ? { ...(input as object | null), ...(actor.input as object) } : input

const scopeOf = <S extends z.ZodType, O>(v: Verb<S, O>, actor: Actor): Scope => {
  if (actor.kind !== 'link') return requireScope(actor, v.permission)
  if (actor.verb !== v.name) throw new AppError('forbidden', 'This link is for another act.')
  return linkScope(actor)
}

const runChecked = async <S extends z.ZodType, O>(
  v: Verb<S, O>,
  ctx: Context,
  effects: Effects,
  input: z.output<S>,
  scope: Scope,
): Promise<O> => {
  const result = await v.run(ctx, input)
  if (effects.events.length === 0 && !effects.unchanged)
    throw new Error(`The verb ${v.name} recorded no event and did not say that nothing changed.`)
  if (scope.rows !== 'all' && !effects.scopeSeen) throw new Error(`The verb ${v.name} did not look at its row scope.`)
  return result
}
