import { z } from 'zod'
import { zone } from '../base.ts'
import { newPassword, triedPassword } from './password.ts'
import { personName, userEmail } from './users.ts'

/**
 * Signing in and out. These addresses set and clear the session cookie and are open to nobody in particular, so they
 * are plain routes beside the contract's own; web and command line use these values.
 */
export const signInPaths = {
  /** POST `signIn` → `{ ok: true }` and a session cookie; 401 wrong, 403 disabled, 429 too many tries (Retry-After). */
  signIn: '/api/auth/sign-in/email',
  /** POST without a body → `{ ok: true }`; the session is gone. */
  signOut: '/api/auth/sign-out',
  /** GET `/api/welcome/<token>` → `welcomeState`. */
  welcomeState: (token: string) => `/api/welcome/${encodeURIComponent(token)}`,
  /** POST `welcome` → `{ ok: true }` and a session cookie. */
  welcome: '/api/welcome',
} as const

export const signIn = z.object({ email: userEmail, password: triedPassword })

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
