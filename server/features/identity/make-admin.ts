import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { setPassword } from './credentials.ts'
import { withdrawLinks } from './links.ts'

/**
 * Makes a person administrator with a password: a new one, or the one who has this mail address already. Only for
 * whoever holds the machine (the environment, or the link printed on the terminal), while there is no administrator.
 */
export const makeAdmin = async (
  ctx: Context,
  given: { name: string; email: string; password: string; zone?: string | undefined },
): Promise<string> => {
  const at = ctx.now()
  const { id } = await ctx.db
    .insertInto('users')
    .values({
      id: newId(),
      name: given.name,
      email: given.email,
      role: 'admin',
      created_at: at,
      updated_at: at,
      ...(given.zone ? { zone: given.zone } : {}),
    })
    .onConflict((c) =>
      c.column('email').doUpdateSet((eb) => ({
        role: 'admin',
        disabled_at: null,
        updated_at: at,
        version: eb('users.version', '+', 1),
      })),
    )
    .returning('id')
    .executeTakeFirstOrThrow()
  await setPassword(ctx, { id, email: given.email }, given.password)
  await withdrawLinks(ctx, id)
  return id
}
