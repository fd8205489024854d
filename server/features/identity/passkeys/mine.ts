import type { RegistrationResponseJSON } from '@simplewebauthn/server'
import { addPasskeyInput, passkeyId, passwordInput } from '../../../../contract/identity/sign-in-ways.ts'
import { requireUser } from '../../../platform/context.ts'
import { conflict, invalid, notFound } from '../../../platform/errors.ts'
import { ref } from '../../../platform/events.ts'
import { newId } from '../../../platform/ids.ts'
import { verb } from '../../../platform/verb.ts'
import { selfByPassword } from '../confirm-password.ts'
import { passkeyAdded, passkeyRemoved } from '../events.ts'
import { lockUser } from '../locked-user.ts'
import { challengeOf, challengeToken, relyingParty } from './ceremony.ts'

const AT_MOST = 20
/** EdDSA, ES256 and RS256 (COSE): what authenticators speak today. */
const supportedAlgorithmIDs = [-8, -7, -257]
/** Loaded when somebody needs it: 30 ms and 10 MB that most processes do without. */
const webauthn = () => import('@simplewebauthn/server')

/** What the browser needs to make a passkey: one that finds its person by itself, and asks for a finger, a face or a PIN. */
export const startPasskey = verb('me.start_passkey', {
  permission: 'me.write',
  input: passwordInput,
  async run(ctx, { password }) {
    const user = await selfByPassword(ctx, password)
    const have = await ctx.db
      .selectFrom('passkeys')
      .select(['credential_id'])
      .where('user_id', '=', user.id)
      .limit(AT_MOST)
      .execute()
    if (have.length >= AT_MOST) throw conflict(`You have ${AT_MOST} passkeys already. Remove one that you do not use.`)
    const { generateRegistrationOptions } = await webauthn()
    const options = await generateRegistrationOptions({
      supportedAlgorithmIDs,
      rpName: 'Watchfloor',
      rpID: relyingParty(ctx.config).id,
      userName: user.email,
      userDisplayName: user.name,
      userID: new TextEncoder().encode(user.id),
      excludeCredentials: have.map((one) => ({ id: one.credential_id })),
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    })
    return ctx.unchanged({
      options: { ...options },
      token: challengeToken(ctx.crypto, options.challenge, user.id, ctx.now()),
    })
  },
})

export const addPasskey = verb('me.add_passkey', {
  permission: 'me.write',
  input: addPasskeyInput,
  async run(ctx, { token, answer, name }) {
    const user = await lockUser(ctx, ctx.scope.userId ?? requireUser(ctx))
    const { id: rpID, origin } = relyingParty(ctx.config)
    const expectedChallenge = challengeOf(ctx.crypto, token, user.id, ctx.now())
    const { verifyRegistrationResponse } = await webauthn()
    const response = answer as unknown as RegistrationResponseJSON
    const verified = await verifyRegistrationResponse({
      supportedAlgorithmIDs,
      response,
      expectedChallenge,
      expectedOrigin: origin,
      expectedRPID: rpID,
    }).catch((error: unknown) => {
      throw invalid('answer', `could not be verified: ${error instanceof Error ? error.message : String(error)}`)
    })
    if (!verified.verified) throw invalid('answer', 'could not be verified; begin again')
    const { credential } = verified.registrationInfo
    const row = {
      id: newId(),
      user_id: user.id,
      credential_id: credential.id,
      public_key: Buffer.from(credential.publicKey).toString('base64url'),
      counter: credential.counter,
      transports: credential.transports ?? [],
      name,
      created_at: ctx.now(),
    }
    const added = await ctx.db
      .insertInto('passkeys')
      .values(row)
      .onConflict((c) => c.column('credential_id').doNothing())
      .returning('id')
      .executeTakeFirst()
    if (!added) throw conflict('This passkey is known already.')
    ctx.record(passkeyAdded, { subject: ref('user', user.id), data: { name: user.name, passkey: name } })
    return { id: row.id, name, createdAt: row.created_at, usedAt: null }
  },
})

export const removePasskey = verb('me.remove_passkey', {
  permission: 'me.write',
  input: passkeyId,
  async run(ctx, { id }) {
    const user = await lockUser(ctx, ctx.scope.userId ?? requireUser(ctx))
    const removed = await ctx.db
      .deleteFrom('passkeys')
      .where('id', '=', id)
      .where('user_id', '=', user.id)
      .returning('name')
      .executeTakeFirst()
    if (!removed) throw notFound('This passkey')
    ctx.record(passkeyRemoved, { subject: ref('user', user.id), data: { name: user.name, passkey: removed.name } })
    return { ok: true } as const
  },
})
