import type { FastifyInstance } from 'fastify'
import { signInPaths, type WelcomeState, welcome } from '../../../contract/identity/sign-in.ts'
import { system } from '../../platform/access.ts'
import { AppError } from '../../platform/errors.ts'
import { parseInput } from '../../platform/parse.ts'
import type { Platform } from '../../platform/platform.ts'
import { execute } from '../../platform/verb.ts'
import { acceptInvitation } from './accept-invitation.ts'
import { otherSite } from './authenticate.ts'
import { isCrossSite } from './cross-site.ts'
import { welcomeOf } from './invitation-state.ts'
import { readInvitationToken } from './invitation-token.ts'
import type { SignIn } from './sign-in.ts'

/** Mounts what a one-time link leads to: GET /api/welcome/<token> says what it is for, POST /api/welcome uses it and signs in. */
export const mountWelcome = (app: FastifyInstance, platform: Platform, signIn: SignIn): void => {
  app.get<{ Params: { token: string } }>('/api/welcome/:token', async (request, reply): Promise<WelcomeState> => {
    reply.header('cache-control', 'no-store')
    return welcomeOf(platform.db, readInvitationToken(platform.crypto, request.params.token), platform.clock.now())
  })

  app.post(signInPaths.welcome, async (request, reply) => {
    if (isCrossSite(request.headers, platform.config)) throw otherSite()
    const { token, ...given } = parseInput(welcome, request.body ?? {})
    const invitationId = readInvitationToken(platform.crypto, token)
    if (!invitationId)
      throw new AppError(
        'not_found',
        'This link is not known here. Look whether it was copied whole, or ask an administrator for a new one.',
      )
    // The bearer is nobody yet, and no permission is for nobody: the token was verified above, so Watchfloor itself does it.
    const { email } = await execute(platform, acceptInvitation, { actor: system, input: { ...given, invitationId } })
    return signIn(request, reply, { email, password: given.password })
  })
}
