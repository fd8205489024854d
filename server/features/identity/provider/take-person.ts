import { z } from 'zod'
import { personName, userEmail } from '../../../../contract/identity/users.ts'
import type { Context } from '../../../platform/context.ts'
import { ref } from '../../../platform/events.ts'
import { newId } from '../../../platform/ids.ts'
import { cut } from '../../../platform/text.ts'
import { verb } from '../../../platform/verb.ts'
import { providerLinked, userArrived } from '../events.ts'
import { findUser, findUserByEmail } from '../lookup.ts'

const input = z.object({
  issuer: z.string(),
  sub: z.string().max(500),
  email: z.string().nullable(),
  verified: z.boolean(),
  name: z.string().nullable(),
})
type Said = z.output<typeof input>

/**
 * Finds the person whom the provider names: by the provider's own id, else by a verified mail address, which is then
 * remembered under that id; else OIDC_ROLE decides whether a new person is made. Reached by signing in alone.
 */
export const takeProviderPerson = verb('session.take_provider_person', {
  permission: 'system',
  input,
  async run(ctx, said) {
    const known = await ctx.db
      .selectFrom('accounts')
      .select('user_id')
      .where('provider_id', '=', said.issuer)
      .where('account_id', '=', said.sub)
      .executeTakeFirst()
    const user = known && (await findUser(ctx.db, known.user_id))
    if (user) return ctx.unchanged({ user })
    const email = userEmail.safeParse(said.email)
    if (!email.success) return ctx.unchanged({ problem: 'no_mail' as const })
    // An address that nobody has proved would let anybody become its owner.
    if (!said.verified && !ctx.config.OIDC_TRUST_EMAIL) return ctx.unchanged({ problem: 'unverified_mail' as const })
    const found = await findUserByEmail(ctx.db, email.data)
    if (found) {
      await remember(ctx, found.id, said)
      ctx.record(providerLinked, {
        subject: ref('user', found.id),
        by: found,
        data: { name: found.name, email: email.data },
      })
      return { user: found }
    }
    return ctx.config.OIDC_ROLE ? arrive(ctx, said, email.data) : ctx.unchanged({ problem: 'unknown_person' as const })
  },
})

const remember = (ctx: Context, userId: string, { issuer, sub }: Said) =>
  ctx.db
    .insertInto('accounts')
    .values({
      id: newId(),
      user_id: userId,
      provider_id: issuer,
      account_id: sub,
      created_at: ctx.now(),
      updated_at: ctx.now(),
    })
    .onConflict((c) => c.columns(['provider_id', 'account_id']).doNothing())
    .execute()

const arrive = async (ctx: Context, said: Said, email: string) => {
  const id = newId()
  const parsed = personName.safeParse(cut((said.name ?? email.split('@')[0] ?? email).replace(/\s+/g, ' '), 120))
  const name = parsed.success ? parsed.data : email
  const role = ctx.config.OIDC_ROLE ?? 'requester'
  const made = await ctx.db
    .insertInto('users')
    .values({ id, name, email, role, created_at: ctx.now(), updated_at: ctx.now() })
    .onConflict((c) => c.column('email').doNothing())
    .returning('id')
    .executeTakeFirst()
  // Came twice at the same moment: the other one is made, this one finds it next time.
  if (!made) return ctx.unchanged({ problem: 'begin_again' as const })
  await remember(ctx, id, said)
  ctx.record(userArrived, { subject: ref('user', id), by: { id, name }, data: { name, email, role } })
  return { user: { id, name } }
}
