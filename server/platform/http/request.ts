import type { z } from 'zod'
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

/** Handler of a write: verb in, answer out; Idempotency-Key, If-Match and ETag are done here for all. */
export const act =
  <S extends z.ZodType, O>(v: Verb<S, O>) =>
  async ({ context, input }: { context: RequestContext; input: unknown }): Promise<O> => {
    const answer = await execute(context.platform, v, {
      actor: context.actor,
      input: input ?? {},
      expected: expectedVersion(context.header('if-match')),
      idempotencyKey: idempotencyKey(context.header('idempotency-key')),
    })
    announceVersion(context, answer)
    return answer
  }

const idempotencyKey = (header: string | undefined): string | null => {
  if (header === undefined) return null
  if (header.length < 1 || header.length > 200)
    throw new AppError('bad_request', 'Idempotency-Key: must have 1 to 200 characters.')
  return header
}

/** Handler of a read. */
export const read =
  <S extends z.ZodType, O>(q: Query<S, O>) =>
  async ({ context, input }: { context: RequestContext; input: unknown }): Promise<O> => {
    const answer = await ask(context.platform, q, { actor: context.actor, input: input ?? {} })
    announceVersion(context, answer)
    return answer
  }
