import { z } from 'zod'
import { zone } from '../base.ts'
import { newPassword, triedPassword } from './password.ts'
import { passkeySignIn, secondCode } from './sign-in-ways.ts'
import { personName, userEmail } from './users.ts'

/**
 * Signing in and out. These addresses set and clear the session cookie and are open to nobody in particular, so they
 * are plain routes beside the contract's own; web and command line use these values.
 */
export const signInPaths = {
  /** GET → `waysIn`: what the page of signing in offers. */
  ways: '/api/auth/ways',
  /**
   * POST `signIn` → `signedIn` and a session cookie; 401 wrong, 403 disabled, 429 too many tries (Retry-After).
   * `needs: 'code'` and no cookie: the password was right, send it once more with the code of the app.
   */
  signIn: '/api/auth/sign-in/email',
  /** POST without a body → `ceremony`. */
  passkeyOptions: '/api/auth/sign-in/passkey/options',
  /** POST `passkeySignIn` → `signedIn` and a session cookie. */
  passkey: '/api/auth/sign-in/passkey',
  /** GET with `?then=/path`: leads to the company's sign-in, and back with a session or `/sign-in?problem=…`. */
  provider: '/api/auth/sign-in/provider',
  /** POST `forgotten` → `{ ok: true }`, whether or not anybody has the address; the mail has a one-time link. */
  forgotten: '/api/auth/forgotten',
  /** POST without a body → `{ ok: true }`; the session is gone. */
  signOut: '/api/auth/sign-out',
  /** GET `/api/welcome/<token>` → `welcomeState`. */
  welcomeState: (token: string) => `/api/welcome/${encodeURIComponent(token)}`,
  /** POST `welcome` → `signedIn` and a session cookie; with `needs`, the password is set and one signs in by oneself. */
  welcome: '/api/welcome',
} as const

export const signIn = z.object({ email: userEmail, password: triedPassword, code: secondCode.optional() })
export type SignedIn = { ok: true } | { ok: false; needs: 'code' }

export { passkeySignIn }

export const forgotten = z.object({ email: userEmail })

/** The company's sign-in by its name, and whether a forgotten password can be mailed about. */
export type WaysIn = { provider: string | null; mail: boolean }

/** What `/sign-in?problem=` may say after a sign-in through the company. */
export type SignInProblem =
  | 'provider_away'
  | 'provider_refused'
  | 'begin_again'
  | 'no_mail'
  | 'unverified_mail'
  | 'unknown_person'
  | 'disabled'

/** With a link for the first administrator, name and mail address are needed; with others they are known. */
export const welcome = z.object({
  token: z.string('must be the last part of the link').max(200),
  password: newPassword,
  name: personName.optional(),
  email: userEmail.optional(),
  zone: zone.optional(),
})

export const welcomeState = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('good'),
    purpose: z.enum(['first_admin', 'invitation', 'reset']),
    name: z.string().nullable(),
    email: z.string().nullable(),
  }),
  z.object({ state: z.enum(['unknown', 'expired', 'used']), why: z.string() }),
])
export type WelcomeState = z.output<typeof welcomeState>
