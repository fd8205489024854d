import { z } from 'zod'
import { done, id, instant, line, route } from '../base.ts'
import { triedPassword } from './password.ts'

/** A code of an app (six digits) or one of the recovery codes; blanks and dashes do not count. */
export const secondCode = z
  .string('must be given')
  .max(40, 'is not right')
  .transform((text) => text.replace(/[\s-]/g, '').toLowerCase())

export const passkey = z.object({
  id,
  name: z.string(),
  createdAt: instant,
  usedAt: instant.nullable(),
})

export const signInWays = z.object({
  password: z.boolean().meta({ description: 'A password is set' }),
  app: z
    .object({ since: instant, recoveryLeft: z.number() })
    .nullable()
    .meta({ description: 'The app that is asked for a code after the password' }),
  passkeys: z.array(passkey),
  provider: z.string().nullable().meta({ description: 'The company sign-in that this person has used' }),
})

const recoveryCodes = z.object({
  recoveryCodes: z.array(z.string()).meta({ description: 'Shown this once; each works once' }),
})

/** What the browser answers is looked at by the WebAuthn library. */
export const ceremonyAnswer = z.record(z.string(), z.unknown(), 'must be what the browser answered')
export const ceremony = z.object({
  options: z.record(z.string(), z.unknown()).meta({ description: 'For navigator.credentials' }),
  token: z.string().meta({ description: 'To be sent back with the answer, within five minutes' }),
})
const ceremonyToken = z.string('must be the token that came with the options').max(2_000)

export const passwordInput = z.object({ password: triedPassword })
export const confirmAppInput = z.object({ code: secondCode })
export const addPasskeyInput = z.object({ token: ceremonyToken, answer: ceremonyAnswer, name: line(60) })
export const passkeyId = z.object({ id })
export const passkeySignIn = z.object({ token: ceremonyToken, answer: ceremonyAnswer })

const tags = ['identity']
export const signInWaysRoutes = {
  ways: route.route({ method: 'GET', path: '/me/sign-in-ways', summary: 'How I can sign in', tags }).output(signInWays),
  startApp: route
    .route({ method: 'POST', path: '/me/second-factor', summary: 'Begin to set up an app for codes', tags })
    .input(passwordInput)
    .output(
      z.object({
        uri: z.string().meta({ description: 'otpauth: address for the QR code' }),
        secret: z.string().meta({ description: 'The same to type, in base32' }),
      }),
    ),
  confirmApp: route
    .route({
      method: 'PUT',
      path: '/me/second-factor',
      summary: 'Turn it on with a first code; answers with recovery codes',
      tags,
    })
    .input(confirmAppInput)
    .output(recoveryCodes),
  renewRecovery: route
    .route({
      method: 'POST',
      path: '/me/second-factor/recovery-codes',
      summary: 'New recovery codes; the old ones stop to work',
      tags,
    })
    .input(passwordInput)
    .output(recoveryCodes),
  removeApp: route
    .route({ method: 'POST', path: '/me/second-factor/removal', summary: 'Be asked for no code any more', tags })
    .input(passwordInput)
    .output(done),
  startPasskey: route
    .route({ method: 'POST', path: '/me/passkeys/options', summary: 'Begin to add a passkey', tags })
    .input(passwordInput)
    .output(ceremony),
  addPasskey: route
    .route({ method: 'POST', path: '/me/passkeys', summary: 'Add a passkey', tags, successStatus: 201 })
    .input(addPasskeyInput)
    .output(passkey),
  removePasskey: route
    .route({ method: 'DELETE', path: '/me/passkeys/{id}', summary: 'Remove a passkey of mine', tags })
    .input(passkeyId)
    .output(done),
}
