import type { z } from 'zod'
import type { Permission } from '../../contract/permissions.ts'
import { type Actor, requireScope } from './access.ts'
import type { ReadContext } from './context.ts'
import { parseInput } from './parse.ts'
import type { Platform } from './platform.ts'

/** One read, under a permission and its row scope. */
export type Query<S extends z.ZodType, O> = {
  kind: 'query'
  name: string
  permission: Permission
  input: S
  run(ctx: ReadContext, input: z.output<S>): Promise<O>
}

export const query = <S extends z.ZodType, O>(
  name: string,
  def: { permission: Permission; input: S; run(ctx: ReadContext, input: z.output<S>): Promise<O> },
): Query<S, O> => ({ kind: 'query', name, ...def })

/** Runs a query for an actor; a scope narrower than "all" that was not looked at is a mistake of ours, and nothing is shown. */
export const ask = async <S extends z.ZodType, O>(
  platform: Platform,
  q: Query<S, O>,
  call: { actor: Actor; input: unknown },
): Promise<O> => {
  const scope = requireScope(call.actor, q.permission)
  const input = parseInput(q.input, call.input)
  let seen = false
  const result = await q.run(
    {
      actor: call.actor,
      get scope() {
        seen = true
        return scope
      },
      db: platform.db,
      now: platform.clock.now,
      log: platform.log,
      config: platform.config,
      crypto: platform.crypto,
      registry: platform.registry,
    },
    input,
  )
  if (scope.rows !== 'all' && !seen) throw new Error(`The query ${q.name} did not look at its row scope.`)
  return result
}
