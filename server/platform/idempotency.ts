import { actorRow } from './access.ts'
import type { Context, Effects } from './context.ts'
import { AppError } from './errors.ts'

/**
 * Runs at most once for (actor, key). The row is written in the verb's own transaction: a repeat that comes meanwhile
 * waits for it, and gets the same answer; the same key with another body is refused. Answers are kept sealed and requests
 * as a keyed hash: the one may show a secret this once, the other hold a password.
 */
export const rememberAnswer = async <T>(
  ctx: Context,
  key: string,
  verbName: string,
  input: unknown,
  run: () => Promise<T>,
  effects: Effects,
): Promise<T> => {
  const who = actorRow(ctx.actor)
  const actor = `${who.kind}:${who.id ?? ''}`
  const hash = ctx.crypto.sign('idempotency', `${verbName}\n${JSON.stringify(input)}`)
  const fresh = await ctx.db
    .insertInto('idempotency_keys')
    .values({ actor, key, request_hash: hash, created_at: ctx.now() })
    .onConflict((c) => c.doNothing())
    .returning('key')
    .executeTakeFirst()
  if (!fresh) {
    const stored = await ctx.db
      .selectFrom('idempotency_keys')
      .selectAll()
      .where('actor', '=', actor)
      .where('key', '=', key)
      .executeTakeFirstOrThrow()
    if (stored.request_hash !== hash) {
      throw new AppError(
        'invalid_input',
        'Idempotency-Key: this key was used for another request; take a new key for a new request.',
      )
    }
    effects.unchanged = true
    return JSON.parse(ctx.crypto.open('idempotency', String(stored.response))) as T
  }
  const answer = await run()
  await ctx.db
    .updateTable('idempotency_keys')
    .set({ response: JSON.stringify(ctx.crypto.seal('idempotency', JSON.stringify(answer ?? null))) })
    .where('actor', '=', actor)
    .where('key', '=', key)
    .execute()
  return answer
}
