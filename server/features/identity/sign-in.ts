import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type SignedIn, signIn, signInPaths } from '../../../contract/identity/sign-in.ts'
import { system } from '../../platform/access.ts'
import { AppError } from '../../platform/errors.ts'
import { parseInput } from '../../platform/parse.ts'
import type { Platform } from '../../platform/platform.ts'
import { execute } from '../../platform/verb.ts'
import { otherSite } from './authenticate.ts'
import { passwordIsRight } from './credentials.ts'
import { isCrossSite } from './cross-site.ts'
import { disabled, type Enter, noteFailure, passCookies } from './enter.ts'
import { deviceCookie, deviceCookieName, readDevice } from './known-device.ts'
import { findUserByEmail } from './lookup.ts'
import { asksForCode, takeCode } from './second-factor/take-code.ts'
import { secureCookies } from './session-cookie.ts'
import { DAY_SECONDS } from './session-life.ts'
import { forgiveCodes, forgiveTries, type Tried, takeCodeTurn, takeTurn } from './throttle.ts'

type Given = { email: string; password: string; code?: string | undefined }
export type SignIn = (request: FastifyRequest, reply: FastifyReply, given: Given) => Promise<SignedIn>

const DEVICE_DAYS = 400

/** Mounts POST /api/auth/sign-in/email and /api/auth/sign-out, and returns what the welcome page signs in with. */
export const mountSignIn = (app: FastifyInstance, platform: Platform, enter: Enter): SignIn => {
  const signInWith = passwordSignIn(platform, enter)

  app.post(signInPaths.signIn, async (request, reply) => {
    if (isCrossSite(request.headers, platform.config)) throw otherSite()
    const given = parseInput(signIn, request.body ?? {})
    const device = readDevice(platform.crypto, request.cookies[deviceCookieName], given.email)
    const tried: Tried = { address: request.ip, email: given.email, device }
    const turn = await takeTurn(platform.db, tried, platform.clock.now())
    if (!turn.allowed) {
      if (turn.first) await noteFailureOf(platform, request, given.email, 'limited')
      const minutes = Math.ceil(turn.retryAfterSeconds / 60)
      throw new AppError(
        'too_many',
        `Too many failed sign-ins from this address. Wait ${minutes} minutes, or ask an administrator for a link.`,
        { retryAfterSeconds: turn.retryAfterSeconds },
      )
    }
    const answer = await signInWith(request, reply, given)
    await forgiveTries(platform.db, tried)
    return answer
  })

  app.post(signInPaths.signOut, async (request, reply) => {
    if (isCrossSite(request.headers, platform.config)) throw otherSite()
    const answer = await enter.ask(request, '/sign-out', {})
    if (!answer.ok) throw new Error(`better-auth answered ${answer.status} to a sign-out.`)
    passCookies(answer, reply)
    return { ok: true }
  })

  return signInWith
}

const passwordSignIn =
  (platform: Platform, enter: Enter): SignIn =>
  async (request, reply, { code, ...given }) => {
    const passed = await passCode(platform, request, given, code)
    if (passed === 'needed') return { ok: false, needs: 'code' }
    // Not looked at a second time: how long it takes would tell a stranger that there is an app.
    if (passed === 'wrong password') throw await wrongPassword(platform, request, given.email)
    const answer = await enter.ask(request, '/sign-in/email', given)
    if (answer.ok) {
      passCookies(answer, reply)
      rememberDevice(platform, request, reply, given.email)
      return { ok: true }
    }
    const off = answer.status === 403
    if (!off && answer.status !== 401) throw new Error(`better-auth answered ${answer.status} to a sign-in.`)
    if (!off) throw await wrongPassword(platform, request, given.email)
    await noteFailureOf(platform, request, given.email, 'disabled')
    throw disabled()
  }

const wrongPassword = async (platform: Platform, request: FastifyRequest, email: string) => {
  await noteFailureOf(platform, request, email, 'password')
  return new AppError('unauthenticated', 'The mail address or the password is not right.')
}

/** Looks at the second factor before a session is made. Whoever does not know the password is not told that there is one. */
const passCode = async (platform: Platform, request: FastifyRequest, given: Given, code: string | undefined) => {
  const user = await findUserByEmail(platform.db, given.email)
  if (!user || user.disabled || !(await asksForCode(platform.db, user.id))) return 'passed'
  if (!(await passwordIsRight(platform.db, user.id, given.password))) return 'wrong password'
  if (!code) return 'needed'
  const wait = await takeCodeTurn(platform.db, user.id, platform.clock.now())
  if (wait !== null)
    throw new AppError(
      'too_many',
      `Too many wrong codes. Wait ${Math.ceil(wait / 60)} minutes, or ask an administrator to remove the app from your account.`,
      { retryAfterSeconds: wait },
    )
  if (await execute(platform, takeCode, { actor: system, input: { userId: user.id, code } })) {
    await forgiveCodes(platform.db, user.id)
    return 'passed'
  }
  await noteFailure(platform, request, user, 'code')
  throw new AppError(
    'unauthenticated',
    'The code is not right. Enter the six digits that the app shows now, each works once; or one of your recovery codes.',
    { fields: [{ field: 'code', problem: 'is not right, or was used already' }] },
  )
}

const rememberDevice = (platform: Platform, request: FastifyRequest, reply: FastifyReply, email: string) => {
  if (readDevice(platform.crypto, request.cookies[deviceCookieName], email)) return
  reply.setCookie(deviceCookieName, deviceCookie(platform.crypto, email), {
    path: '/api/auth',
    httpOnly: true,
    sameSite: 'lax',
    secure: secureCookies(platform.config),
    maxAge: DEVICE_DAYS * DAY_SECONDS,
  })
}

/** Addresses that nobody has are only counted. */
const noteFailureOf = async (
  platform: Platform,
  request: FastifyRequest,
  email: string,
  reason: 'password' | 'disabled' | 'limited',
) => {
  const user = await findUserByEmail(platform.db, email)
  if (user) await noteFailure(platform, request, user, reason)
}
