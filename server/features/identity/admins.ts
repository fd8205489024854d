import { sql } from 'kysely'
import type { Context } from '../../platform/context.ts'
import type { Db } from '../../platform/db/pool.ts'
import { conflict } from '../../platform/errors.ts'

const ADMINS_LOCK = 928_200_020

/**
 * Administrators who can sign in: enabled, and with a password. One who was only invited does not count, or a house
 * could be left to somebody whose mail never arrived.
 */
export const adminsWhoCanSignIn = async (db: Db): Promise<{ id: string; name: string; email: string }[]> =>
  db
    .selectFrom('users as u')
    .select(['u.id', 'u.name', 'u.email'])
    .where('u.role', '=', 'admin')
    .where('u.disabled_at', 'is', null)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('accounts as a')
          .select('a.id')
          .whereRef('a.user_id', '=', 'u.id')
          .where('a.password', 'is not', null),
      ),
    )
    .orderBy('u.created_at')
    .limit(100)
    .execute()

/** Who becomes or ceases to be administrator takes turns: no condition on one row can see two who demote each other. */
export const lockAdmins = async (ctx: Context): Promise<void> => {
  await sql`select pg_advisory_xact_lock(${sql.lit(ADMINS_LOCK)})`.execute(ctx.db)
}

/** Throws `conflict` when this person is the last administrator who can sign in. To be called before the change. */
export const keepAnAdmin = async (ctx: Context, userId: string): Promise<void> => {
  await lockAdmins(ctx)
  const admins = await adminsWhoCanSignIn(ctx.db)
  const [only] = admins
  if (admins.length === 1 && only?.id === userId)
    throw conflict(`${only.name} is the last administrator who can sign in. Make somebody else administrator first.`)
}
