import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { signIn, signInPaths } from '../../../contract/identity/sign-in.ts'
import { system } from '../../platform/access.ts'
import { AppError } from '../../platform/errors.ts'
import { parseInput } from '../../platform/parse.ts'
import type { Platform } from '../../platform/platform.ts'
import { cut } from '../../platform/text.ts'
import { execute } from '../../platform/verb.ts'
import { otherSite } from './authenticate.ts'
import type { createAuth } from './better-auth.ts'
import { isCrossSite } from './cross-site.ts'
import { baseUrl } from './invitation-token.ts'
import { deviceCookie, deviceCookieName, readDevice } from './known-device.ts'
import { findUserByEmail } from './lookup.ts'
import { addressHeader, secureCookies } from './session-cookie.ts'
import { DAY_SECONDS } from './session-life.ts'
import { noteSessionFailed } from './sessions.ts'
import { forgiveTries, takeTurn } from './throttle.ts'

type Credentials = { email: string; password: string }
export type SignIn = (request: FastifyRequest, reply: FastifyReply, given: Credentials) => Promise<void>

const DEVICE_DAYS = 400

/** Mounts POST /api/auth/sign-in/email and /api/auth/sign-out, and returns what the welcome page signs in with. */
export const mountSignIn = (app: FastifyInstance, platform: Platform): SignIn => {
  const ask = askBetterAuth(platform)
  const signInWith = passwordSignIn(platform, ask)

  app.post(signInPaths.signIn, async (request, reply) => {
    if (isCrossSite(request.headers, platform.config)) throw otherSite()
    const given = parseInput(signIn, request.body ?? {})
    const device = readDevice(platform.crypto, request.cookies[deviceCookieName], given.email)
    const tried = { address: request.ip, email: given.email, device }
    const turn = await takeTurn(platform.db, tried, platform.clock.now())
    if (!turn.allowed) {
      if (turn.first) await noteFailure(platform, request, given.email, 'limited')
      const minutes = Math.ceil(turn.retryAfterSeconds / 60)
      throw new AppError(
        'too_many',
        `Too many failed sign-ins from this address. Wait ${minutes} minutes, or ask an administrator for a link.`,
        { retryAfterSeconds: turn.retryAfterSeconds },
      )
    }
    await signInWith(request, reply, given)
    await forgiveTries(platform.db, tried)
    return { ok: true }
  })

  app.post(signInPaths.signOut, async (request, reply) => {
    if (isCrossSite(request.headers, platform.config)) throw otherSite()
    const answer = await ask(request, '/sign-out', {})
    if (!answer.ok) throw new Error(`better-auth answered ${answer.status} to a sign-out.`)
    passCookies(answer, reply)
    return { ok: true }
  })

  return signInWith
}

const passwordSignIn =
  (platform: Platform, ask: ReturnType<typeof askBetterAuth>): SignIn =>
  async (request, reply, given) => {
    const answer = await ask(request, '/sign-in/email', given)
    if (answer.ok) {
      passCookies(answer, reply)
      if (!readDevice(platform.crypto, request.cookies[deviceCookieName], given.email)) {
        reply.setCookie(deviceCookieName, deviceCookie(platform.crypto, given.email), {
          path: '/api/auth',
          httpOnly: true,
          sameSite: 'lax',
          secure: secureCookies(platform.config),
          maxAge: DEVICE_DAYS * DAY_SECONDS,
        })
      }
      return
    }
    const disabled = answer.status === 403
    if (!disabled && answer.status !== 401) throw new Error(`better-auth answered ${answer.status} to a sign-in.`)
    await noteFailure(platform, request, given.email, disabled ? 'disabled' : 'password')
    // Only who knows the password learns that the account is disabled.
    if (disabled) throw new AppError('forbidden', 'This account is disabled. Ask an administrator.')
    throw new AppError('unauthenticated', 'The mail address or the password is not right.')
  }

/** A failure goes into the log under the person it was aimed at; addresses that nobody has are only counted. */
const noteFailure = async (
  platform: Platform,
  request: FastifyRequest,
  email: string,
  reason: 'password' | 'disabled' | 'limited',
) => {
  const user = await findUserByEmail(platform.db, email)
  if (!user) return
  const browser = cut(request.headers['user-agent'] ?? '', 200)
  await execute(platform, noteSessionFailed, {
    actor: system,
    input: { userId: user.id, name: user.name, address: request.ip, browser, reason },
  })
}

/**
 * Hands a request to better-auth with just the headers it needs. It is loaded at the first sign-in: it takes 0.3 s and
 * 50 MB, and everything but signing in works without it.
 */
const askBetterAuth =
  (platform: Platform) =>
  async (request: FastifyRequest, path: string, body: unknown): Promise<Response> => {
    const auth = await authOf(platform)
    const origin = new URL(baseUrl(platform.config)).origin
    const headers = new Headers({ 'content-type': 'application/json', origin, [addressHeader]: request.ip })
    for (const name of ['cookie', 'user-agent'] as const) {
      const value = request.headers[name]
      if (value) headers.set(name, value)
    }
    return auth.handler(
      new Request(`${origin}/api/auth${path}`, { method: 'POST', headers, body: JSON.stringify(body) }),
    )
  }

const loaded = new WeakMap<Platform, Promise<ReturnType<typeof createAuth>>>()
const authOf = (platform: Platform) => {
  const known = loaded.get(platform)
  if (known) return known
  const made = import('./better-auth.ts').then((m) => m.createAuth(platform))
  loaded.set(platform, made)
  return made
}

const passCookies = (answer: Response, reply: FastifyReply) => {
  for (const cookie of answer.headers.getSetCookie()) reply.header('set-cookie', cookie)
}
