import { type Context, requireUser } from '../../platform/context.ts'
import { conflict, invalid } from '../../platform/errors.ts'
import { passwordHashOf } from './credentials.ts'
import { lockUser } from './locked-user.ts'
import { verifyPassword } from './password-hash.ts'

/**
 * Whoever asks, locked, after giving the password once more: before the ways to sign in are changed, so that a browser
 * left open is not enough. Throws `conflict` for who has no password here, `invalid_input` for a wrong one.
 */
export const selfByPassword = async (ctx: Context, password: string, field = 'password') => {
  const user = await lockUser(ctx, ctx.scope.userId ?? requireUser(ctx))
  const stored = await passwordHashOf(ctx.db, user.id)
  if (!stored)
    throw conflict('You have no password here: you sign in through your company, which asks for a second proof itself.')
  if (!(await verifyPassword(stored, password))) throw invalid(field, 'is not your present password')
  return user
}
