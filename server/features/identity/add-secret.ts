import { type Instant, isBefore } from '../../platform/clock.ts'
import type { Context } from '../../platform/context.ts'
import { invalid } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'
import { newSecret } from './key-secret.ts'

/** Gives a key one more secret; the text is in the answer and nowhere else. */
export const addSecret = async (
  ctx: Context,
  keyId: string,
  expiresAt: Instant | null | undefined,
): Promise<{ secret: string; hint: string }> => {
  if (expiresAt && !isBefore(ctx.now(), expiresAt))
    throw invalid('expiresAt', 'must be in the future; choose a later time')
  const { secret, hash, hint } = newSecret()
  await ctx.db
    .insertInto('api_key_secrets')
    .values({ id: newId(), key_id: keyId, hash, hint, created_at: ctx.now(), expires_at: expiresAt ?? null })
    .execute()
  return { secret, hint }
}
