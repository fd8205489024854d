import type { AuthenticationResponseJSON } from '@simplewebauthn/server'
import { z } from 'zod'
import { passkeySignIn } from '../../../../contract/identity/sign-in-ways.ts'
import type { Context } from '../../../platform/context.ts'
import { ref } from '../../../platform/events.ts'
import type { Platform } from '../../../platform/platform.ts'
import { verb } from '../../../platform/verb.ts'
import { passkeyUsed } from '../events.ts'
import { findUser } from '../lookup.ts'
import { challengeOf, challengeToken, relyingParty } from './ceremony.ts'

const webauthn = () => import('@simplewebauthn/server')

/** What the browser needs to ask for a passkey; whose it is, the answer will say. */
export const passkeyOptions = async ({ config, crypto, clock }: Platform) => {
  const { generateAuthenticationOptions } = await webauthn()
  const options = await generateAuthenticationOptions({ rpID: relyingParty(config).id, userVerification: 'required' })
  return { options, token: challengeToken(crypto, options.challenge, null, clock.now()) }
}

/**
 * Looks at what a passkey has signed. Answers with the person it belongs to and whether it is right, or null for a
 * passkey that nobody has. Reached by signing in alone.
 */
export const takePasskey = verb('session.take_passkey', {
  permission: 'system',
  input: passkeySignIn,
  async run(ctx, { token, answer }) {
    const challenge = challengeOf(ctx.crypto, token, null, ctx.now())
    const { data: credentialId } = z.string().max(2_000).safeParse(answer.id)
    const key = await ctx.db
      .selectFrom('passkeys')
      .selectAll()
      .where('credential_id', '=', credentialId ?? '')
      .forUpdate()
      .executeTakeFirst()
    const user = key && (await findUser(ctx.db, key.user_id))
    if (!key || !user) return ctx.unchanged(null)
    const counter = await newCounter(ctx, key, challenge, answer as unknown as AuthenticationResponseJSON)
    if (counter === null) return ctx.unchanged({ user, right: false })
    await ctx.db.updateTable('passkeys').set({ counter, used_at: ctx.now() }).where('id', '=', key.id).execute()
    ctx.record(passkeyUsed, { subject: ref('user', user.id), by: user, data: { name: user.name, passkey: key.name } })
    return { user, right: true }
  },
})

type Key = { credential_id: string; public_key: string; counter: number | string | bigint; transports: string[] }

const newCounter = async (ctx: Context, key: Key, challenge: string, response: AuthenticationResponseJSON) => {
  const { id, origin } = relyingParty(ctx.config)
  const { verifyAuthenticationResponse } = await webauthn()
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: id,
      credential: {
        id: key.credential_id,
        publicKey: new Uint8Array(Buffer.from(key.public_key, 'base64url')),
        counter: Number(key.counter),
      },
    })
    return verified ? authenticationInfo.newCounter : null
  } catch (error) {
    ctx.log?.debug?.({ error }, 'a passkey could not be verified')
    return null
  }
}
