import { z } from 'zod'
import { requireUser } from '../../platform/context.ts'
import { query } from '../../platform/query.ts'
import { providerOf } from './provider/client.ts'

/** How somebody can sign in. */
export const listWays = query('me.sign_in_ways', {
  permission: 'me.read',
  input: z.object({}),
  async run(ctx) {
    const self = ctx.scope.userId ?? requireUser(ctx)
    const provider = providerOf(ctx.config)
    const accounts = await ctx.db
      .selectFrom('accounts')
      .select(['provider_id', 'password'])
      .where('user_id', '=', self)
      .execute()
    const app = await ctx.db
      .selectFrom('second_factors')
      .select(['confirmed_at', 'recovery'])
      .where('user_id', '=', self)
      .executeTakeFirst()
    const passkeys = await ctx.db
      .selectFrom('passkeys')
      .select(['id', 'name', 'created_at as createdAt', 'used_at as usedAt'])
      .where('user_id', '=', self)
      .orderBy('created_at')
      .execute()
    return {
      password: accounts.some((one) => one.password !== null),
      app: app?.confirmed_at ? { since: app.confirmed_at, recoveryLeft: app.recovery.length } : null,
      passkeys,
      provider: provider && accounts.some((one) => one.provider_id === provider.issuer) ? provider.name : null,
    }
  },
})
