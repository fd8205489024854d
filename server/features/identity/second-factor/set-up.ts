import { confirmAppInput, passwordInput } from '../../../../contract/identity/sign-in-ways.ts'
import { type Context, requireUser } from '../../../platform/context.ts'
import { conflict, invalid } from '../../../platform/errors.ts'
import { ref } from '../../../platform/events.ts'
import { verb } from '../../../platform/verb.ts'
import { selfByPassword } from '../confirm-password.ts'
import { recoveryRenewed, secondFactorRemoved, secondFactorSet, secondFactorStarted } from '../events.ts'
import { lockUser } from '../locked-user.ts'
import { newRecoveryCodes, newSecret, stepOf, uriOf } from './codes.ts'

/** What the secret of an app is sealed for. */
export const SEALED_APP = 'second-factor'

const lockFactor = (ctx: Context, userId: string) =>
  ctx.db.selectFrom('second_factors').selectAll().where('user_id', '=', userId).forUpdate().executeTakeFirst()

/** Begins to set up an app; nobody is asked for its codes until the first was right. Begun again, it begins anew. */
export const startApp = verb('me.start_second_factor', {
  permission: 'me.write',
  input: passwordInput,
  async run(ctx, { password }) {
    const user = await selfByPassword(ctx, password)
    const now = await lockFactor(ctx, user.id)
    if (now?.confirmed_at) throw conflict('An app is set up already. Remove it before you set up another.')
    const secret = newSecret()
    const row = { secret: ctx.crypto.seal(SEALED_APP, secret), created_at: ctx.now() }
    await ctx.db
      .insertInto('second_factors')
      .values({ user_id: user.id, ...row })
      .onConflict((c) => c.column('user_id').doUpdateSet(row))
      .execute()
    ctx.record(secondFactorStarted, { subject: ref('user', user.id), data: { name: user.name } })
    return { uri: uriOf(secret, user.email), secret }
  },
})

/** Turns it on, once a code shows that the app has the secret. */
export const confirmApp = verb('me.confirm_second_factor', {
  permission: 'me.write',
  input: confirmAppInput,
  async run(ctx, { code }) {
    const user = await lockUser(ctx, ctx.scope.userId ?? requireUser(ctx))
    const now = await lockFactor(ctx, user.id)
    if (!now) throw conflict('Begin with the QR code: nothing is set up yet.')
    if (now.confirmed_at) throw conflict('The app is set up already.')
    const step = stepOf(ctx.crypto.open(SEALED_APP, now.secret), code, ctx.now(), 0)
    if (step === null)
      throw invalid('code', 'is not right: enter the six digits that the app shows now, and look at the phone’s clock')
    const { codes, hashes } = newRecoveryCodes()
    await ctx.db
      .updateTable('second_factors')
      .set({ confirmed_at: ctx.now(), last_step: step, recovery: hashes })
      .where('user_id', '=', user.id)
      .execute()
    ctx.record(secondFactorSet, { subject: ref('user', user.id), data: { name: user.name } })
    return { recoveryCodes: codes }
  },
})

export const renewRecovery = verb('me.renew_recovery_codes', {
  permission: 'me.write',
  input: passwordInput,
  async run(ctx, { password }) {
    const user = await selfByPassword(ctx, password)
    const now = await lockFactor(ctx, user.id)
    if (!now?.confirmed_at) throw conflict('No app is set up, so there are no recovery codes.')
    const { codes, hashes } = newRecoveryCodes()
    await ctx.db.updateTable('second_factors').set({ recovery: hashes }).where('user_id', '=', user.id).execute()
    ctx.record(recoveryRenewed, { subject: ref('user', user.id), data: { name: user.name } })
    return { recoveryCodes: codes }
  },
})

export const removeApp = verb('me.remove_second_factor', {
  permission: 'me.write',
  input: passwordInput,
  async run(ctx, { password }) {
    const user = await selfByPassword(ctx, password)
    if (await takeAway(ctx, user.id))
      ctx.record(secondFactorRemoved, { subject: ref('user', user.id), data: { name: user.name } })
    else ctx.unchanged(undefined)
    return { ok: true } as const
  },
})

/** Takes a person's app away; false when there was none. */
export const takeAway = async (ctx: Context, userId: string): Promise<boolean> => {
  const { numDeletedRows } = await ctx.db.deleteFrom('second_factors').where('user_id', '=', userId).executeTakeFirst()
  return numDeletedRows > 0n
}
