import type { FastifyRequest } from 'fastify'
import { type Actor, nobody } from '../../platform/access.ts'
import { AppError } from '../../platform/errors.ts'
import type { Platform } from '../../platform/platform.ts'
import { isCrossSite } from './cross-site.ts'
import { readKeyActor } from './read-key.ts'
import { readSession } from './read-session.ts'
import { authSecret, readSessionCookie, sessionCookieName } from './session-cookie.ts'

const reading = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Who makes a request: the bearer of a key, the person of a session cookie, or nobody. Throws `unauthenticated` for a
 * key that is not valid and `forbidden` for a write that a page of another site makes with somebody's cookie.
 */
export const authenticate = (platform: Platform): ((request: FastifyRequest) => Promise<Actor>) => {
  const cookie = sessionCookieName(platform.config)
  const secret = authSecret(platform.crypto)
  return async (request) => {
    const bearer = /^Bearer +(\S{1,200}) *$/i.exec(request.headers.authorization ?? '')?.[1]
    if (bearer) return readKeyActor(platform, bearer)
    const token = readSessionCookie(request.cookies[cookie], secret)
    const person = token ? await readSession(platform, token) : null
    if (!person) return nobody
    if (!reading.has(request.method) && isCrossSite(request.headers, platform.config)) throw otherSite()
    return person
  }
}

export const otherSite = () =>
  new AppError(
    'forbidden',
    'This request came from a page of another site, so it was refused. If the address in your browser is right, set BASE_URL to it.',
  )
