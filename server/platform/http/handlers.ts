import type {
  AnyContractProcedure,
  AnyContractRouter,
  ContractProcedure,
  InferSchemaInput,
  InferSchemaOutput,
} from '@orpc/contract'
import { isContractProcedure } from '@orpc/contract'
import { type AnyRouter, implement } from '@orpc/server'
import type { RequestContext } from './request.ts'

type Call<Input> = { context: RequestContext; input: Input }

type HandlerOf<P> =
  P extends ContractProcedure<infer In, infer Out, infer _Errors, infer _Meta>
    ? (call: Call<InferSchemaOutput<In>>) => Promise<InferSchemaInput<Out>>
    : never

/** A handler for each route of a contract: one that is missing, or answers something else, does not compile. */
export type HandlersOf<C> = { [K in keyof C]: C[K] extends AnyContractProcedure ? HandlerOf<C[K]> : HandlersOf<C[K]> }

type Implementer = { handler(run: unknown): unknown } & { [key: string]: Implementer }

/**
 * The routes of a feature. The library's own chain (`os.x.handler(…)`) checks the same, but costs the compiler ten
 * seconds over all features; this costs one.
 */
export const handlers = <C extends AnyContractRouter>(contract: C, given: HandlersOf<C>): AnyRouter => {
  const os = implement(contract).$context<RequestContext>() as unknown as Implementer
  return bind(contract, given, os) as AnyRouter
}

const bind = (contract: AnyContractRouter, given: unknown, os: Implementer): unknown => {
  if (isContractProcedure(contract)) return os.handler(given)
  const parts = contract as Record<string, AnyContractRouter>
  return Object.fromEntries(
    Object.entries(parts).map(([key, part]) => [
      key,
      bind(part, (given as Record<string, unknown>)[key], os[key] as Implementer),
    ]),
  )
}
