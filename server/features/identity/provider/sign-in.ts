import type { FastifyInstance, FastifyReply } from 'fastify'
import { type SignInProblem, signInPaths } from '../../../../contract/identity/sign-in.ts'
import { system } from '../../../platform/access.ts'
import { isBefore, plusMinutes } from '../../../platform/clock.ts'
import { AppError, notFound } from '../../../platform/errors.ts'
import type { Platform } from '../../../platform/platform.ts'
import { execute } from '../../../platform/verb.ts'
import type { Enter } from '../enter.ts'
import { secureCookies } from '../session-cookie.ts'
import { type Claims, createProviderClient, providerOf, type Trip } from './client.ts'
import { takeProviderPerson } from './take-person.ts'

const COOKIE = 'watchfloor.trip'
const LIFE_MINUTES = 15
const SEALED = 'provider'

/**
 * Mounts signing in through the company (OpenID Connect). Whatever goes wrong ends at our own page of signing in, which
 * says so in words; the log has the provider's own.
 */
export const mountProviderSignIn = (app: FastifyInstance, platform: Platform, enter: Enter): void => {
  const { config, crypto, clock, log } = platform
  const provider = providerOf(config)
  const client = provider && createProviderClient(config, provider)
  const back = (reply: FastifyReply, problem: SignInProblem, error?: unknown) => {
    // Its words alone: the objects of the library hold what was exchanged.
    const { message, code } = (error ?? {}) as { message?: string; code?: string }
    log.warn({ problem, why: message, code }, 'a sign-in through the company failed')
    return reply.redirect(`/sign-in?problem=${problem}`, 303)
  }

  app.get<{ Querystring: { then?: unknown } }>(signInPaths.provider, async (request, reply) => {
    if (!client) throw notFound('A sign-in through the company')
    const then =
      typeof request.query.then === 'string' && /^\/(?![/\\])/.test(request.query.then) ? request.query.then : '/'
    const begun = await client.begin().catch((error: unknown) => ({ error }))
    if ('error' in begun) return back(reply, 'provider_away', begun.error)
    const trip: Trip = { ...begun.trip, then, until: plusMinutes(clock.now(), LIFE_MINUTES).toString() }
    reply.setCookie(COOKIE, crypto.seal(SEALED, JSON.stringify(trip)), {
      path: '/api/auth',
      httpOnly: true,
      // Coming back from the provider is a link of another site: "strict" would leave the cookie at home.
      sameSite: 'lax',
      secure: secureCookies(config),
      maxAge: LIFE_MINUTES * 60,
    })
    return reply.header('cache-control', 'no-store').redirect(begun.url.href, 303)
  })

  app.get(`${signInPaths.provider}/callback`, async (request, reply) => {
    if (!client) throw notFound('A sign-in through the company')
    reply.clearCookie(COOKIE, { path: '/api/auth' }).header('cache-control', 'no-store')
    const trip = readTrip(request.cookies[COOKIE])
    if (!trip) return back(reply, 'begin_again')
    const search = request.url.includes('?') ? request.url.slice(request.url.indexOf('?')) : ''
    const said = await client.finish(search, trip).catch((error: unknown) => ({ error }))
    if ('error' in said) return back(reply, refusal(said.error), said.error)
    const taken = await takePerson(said)
    if ('problem' in taken) return back(reply, taken.problem)
    try {
      await enter.vouch(request, reply, taken.user)
    } catch (error) {
      if (error instanceof AppError && error.code === 'forbidden') return back(reply, 'disabled')
      throw error
    }
    return reply.redirect(trip.then, 303)
  })

  const takePerson = (said: Claims) => execute(platform, takeProviderPerson, { actor: system, input: said })

  const readTrip = (cookie: string | undefined): Trip | null => {
    try {
      const trip = JSON.parse(crypto.open(SEALED, cookie ?? '')) as Trip
      return isBefore(clock.now(), Temporal.Instant.from(trip.until)) ? trip : null
    } catch {
      return null
    }
  }
}

/** What the provider itself refused (its person pressed "no", say) is told apart from a provider that is not there. */
const refusal = (error: unknown): SignInProblem => {
  const code = String((error as { code?: unknown } | null)?.code ?? '')
  const cause = (error as { cause?: unknown } | null)?.cause
  if (cause instanceof URLSearchParams) return 'provider_refused'
  return /TIMEOUT|ABORT|ECONN|ENOTFOUND|FETCH/i.test(code) || error instanceof TypeError
    ? 'provider_away'
    : 'provider_refused'
}
