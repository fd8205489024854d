import type { z } from 'zod'
import type { Permission } from '../../../contract/permissions.ts'
import type { Actor } from '../access.ts'
import { AppError } from '../errors.ts'
import type { Platform } from '../platform.ts'
import { ask, type Query } from '../query.ts'
import { execute, type Verb } from '../verb.ts'

/** What a handler of the contract works with: one per request. */
export type RequestContext = {
  platform: Platform
  actor: Actor
  requestId: string
  header(name: string): string | undefined
  setHeader(name: string, value: string): void
}

const expectedVersion = (header: string | undefined): number | null => {
  if (header === undefined || header === '*') return null
  const match = /^(?:W\/)?"v(\d+)"$/.exec(header.trim())
  if (!match) throw new AppError('bad_request', 'If-Match: send the ETag that the read gave, such as "v3".')
  return Number(match[1])
}

const announceVersion = (context: RequestContext, answer: unknown) => {
  const version = (answer as { version?: unknown } | null)?.version
  if (typeof version === 'number') context.setHeader('etag', `"v${version}"`)
}

type Handler<O> = (given: { context: RequestContext; input: unknown }) => Promise<O>

const works = new WeakMap<object, { kind: 'verb' | 'query'; name: string; permission: Permission | 'system' }>()

/** The verb or query that a handler made here runs, or undefined for one made otherwise; tests walk all routes by it. */
export const workOf = (handler: object) => works.get(handler)

/** Handler of a write: verb in, answer out; Idempotency-Key, If-Match and ETag are done here for all. */
export const act = <S extends z.ZodType, O>(v: Verb<S, O>): Handler<O> => {
  const handler: Handler<O> = async ({ context, input }) => {
    const answer = await execute(context.platform, v, {
      actor: context.actor,
      input: input ?? {},
      expected: expectedVersion(context.header('if-match')),
      idempotencyKey: idempotencyKey(context.header('idempotency-key')),
    })
    announceVersion(context, answer)
    return answer
  }
  works.set(handler, v)
  return handler
}

const idempotencyKey = (header: string | undefined): string | null => {
  if (header === undefined) return null
  if (header.length < 1 || header.length > 200)
    throw new AppError('bad_request', 'Idempotency-Key: must have 1 to 200 characters.')
  return header
}

/** Handler of a read. */
export const read = <S extends z.ZodType, O>(q: Query<S, O>): Handler<O> => {
  const handler: Handler<O> = async ({ context, input }) => {
    const answer = await ask(context.platform, q, { actor: context.actor, input: input ?? {} })
    announceVersion(context, answer)
    return answer
  }
  works.set(handler, q)
  return handler
}
