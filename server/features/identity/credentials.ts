import { passwordProblem } from '../../../contract/identity/password.ts'
import type { Context } from '../../platform/context.ts'
import type { Db } from '../../platform/db/pool.ts'
import { invalid } from '../../platform/errors.ts'
import { newId } from '../../platform/ids.ts'
import { hashPassword, verifyPassword } from './password-hash.ts'

/** better-auth's name for "by password"; its account id is the user's own. */
const PROVIDER = 'credential'

/** Sets a person's password and ends all sessions: whoever held one has to know the new password. Throws `invalid_input`. */
export const setPassword = async (
  ctx: Context,
  user: { id: string; email: string },
  password: string,
): Promise<void> => {
  const problem = passwordProblem(password, user.email)
  if (problem) throw invalid('password', problem)
  const hash = await hashPassword(password)
  const at = ctx.now()
  await ctx.db
    .insertInto('accounts')
    .values({
      id: newId(),
      user_id: user.id,
      account_id: user.id,
      provider_id: PROVIDER,
      password: hash,
      created_at: at,
      updated_at: at,
    })
    .onConflict((c) => c.columns(['provider_id', 'account_id']).doUpdateSet({ password: hash, updated_at: at }))
    .execute()
  await endSessions(ctx, user.id)
}

/** The stored hash, or null for a person without a password. */
export const passwordHashOf = async (db: Db, userId: string): Promise<string | null> => {
  const row = await db
    .selectFrom('accounts')
    .select('password')
    .where('provider_id', '=', PROVIDER)
    .where('account_id', '=', userId)
    .executeTakeFirst()
  return row?.password ?? null
}

export const passwordIsRight = async (db: Db, userId: string, password: string): Promise<boolean> => {
  const stored = await passwordHashOf(db, userId)
  return stored !== null && (await verifyPassword(stored, password))
}

/** Ends every session of a person at once; returns how many there were. */
export const endSessions = async (ctx: Context, userId: string): Promise<number> => {
  const { numDeletedRows } = await ctx.db.deleteFrom('sessions').where('user_id', '=', userId).executeTakeFirst()
  return Number(numDeletedRows)
}
