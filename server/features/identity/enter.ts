import type { FastifyReply, FastifyRequest } from 'fastify'
import { system } from '../../platform/access.ts'
import { AppError } from '../../platform/errors.ts'
import type { Platform } from '../../platform/platform.ts'
import { cut } from '../../platform/text.ts'
import { execute } from '../../platform/verb.ts'
import type { createAuth } from './better-auth.ts'
import type { failures } from './events.ts'
import { baseUrl } from './invitation-token.ts'
import { addressHeader } from './session-cookie.ts'
import { noteSessionFailed } from './sessions.ts'

/**
 * Ways into better-auth, which makes and ends sessions. It is loaded at the first sign-in: it takes 0.3 s and 50 MB, and
 * everything but signing in works without it.
 */
export type Enter = ReturnType<typeof createEnter>

export const createEnter = (platform: Platform) => {
  let made: Promise<ReturnType<typeof createAuth>> | undefined
  const auth = () => {
    made ??= import('./better-auth.ts').then((m) => m.createAuth(platform))
    return made
  }
  const { origin } = new URL(baseUrl(platform.config))
  const headersOf = (request: FastifyRequest) => {
    const headers = new Headers({ 'content-type': 'application/json', origin, [addressHeader]: request.ip })
    for (const name of ['cookie', 'user-agent'] as const) {
      const value = request.headers[name]
      if (value) headers.set(name, value)
    }
    return headers
  }
  return {
    /** Hands on a request with just the headers that are needed. */
    async ask(request: FastifyRequest, path: string, body: unknown): Promise<Response> {
      const init = { method: 'POST', headers: headersOf(request), body: JSON.stringify(body) }
      return (await auth()).handler(new Request(`${origin}/api/auth${path}`, init))
    },

    /** Signs in a person whose identity was proven by something else than a password. Throws `forbidden` for a disabled one. */
    async vouch(request: FastifyRequest, reply: FastifyReply, person: { id: string; name: string }): Promise<void> {
      const { api } = await auth()
      const answer = await api.signInVouched({
        body: { userId: person.id },
        headers: headersOf(request),
        asResponse: true,
      })
      if (answer.status === 403) {
        await noteFailure(platform, request, person, 'disabled')
        throw disabled()
      }
      if (!answer.ok) throw new Error(`better-auth answered ${answer.status} to a sign-in that was vouched for.`)
      passCookies(answer, reply)
    },
  }
}

export const passCookies = (answer: Response, reply: FastifyReply) => {
  for (const cookie of answer.headers.getSetCookie()) reply.header('set-cookie', cookie)
}

/** Only who has shown to be the person learns that the account is disabled. */
export const disabled = () => new AppError('forbidden', 'This account is disabled. Ask an administrator.')

/** A failure goes into the log under the person it was aimed at. */
export const noteFailure = async (
  platform: Platform,
  request: FastifyRequest,
  { id: userId, name }: { id: string; name: string },
  reason: (typeof failures)[number],
) => {
  const browser = cut(request.headers['user-agent'] ?? '', 200)
  const input = { userId, name, address: request.ip, browser, reason }
  await execute(platform, noteSessionFailed, { actor: system, input })
}
