import type { Context } from '../../platform/context.ts'
import { conflict, invalid } from '../../platform/errors.ts'
import { passwordHashOf } from './credentials.ts'
import { verifyPassword } from './password-hash.ts'

/**
 * Asked before the ways to sign in are changed, so that a browser left open is not enough. Throws `conflict` for who
 * has no password here, `invalid_input` for a wrong one.
 */
export const confirmPassword = async (
  ctx: Context,
  userId: string,
  password: string,
  field = 'password',
): Promise<void> => {
  const stored = await passwordHashOf(ctx.db, userId)
  if (!stored)
    throw conflict('You have no password here: you sign in through your company, which asks for a second proof itself.')
  if (!(await verifyPassword(stored, password))) throw invalid(field, 'is not your present password')
}
