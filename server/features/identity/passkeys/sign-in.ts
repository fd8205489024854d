import type { FastifyInstance } from 'fastify'
import { passkeySignIn, signInPaths } from '../../../../contract/identity/sign-in.ts'
import { system } from '../../../platform/access.ts'
import { AppError } from '../../../platform/errors.ts'
import { parseInput } from '../../../platform/parse.ts'
import type { Platform } from '../../../platform/platform.ts'
import { execute } from '../../../platform/verb.ts'
import { otherSite } from '../authenticate.ts'
import { isCrossSite } from '../cross-site.ts'
import { type Enter, noteFailure } from '../enter.ts'
import { passkeyOptions, takePasskey } from './take-passkey.ts'

/**
 * Mounts signing in by passkey. It needs no throttle beside that of every address: there is nothing to guess. A passkey
 * is a second factor by itself (the device, and a finger, a face or a PIN), so no code is asked for.
 */
export const mountPasskeySignIn = (app: FastifyInstance, platform: Platform, enter: Enter): void => {
  app.post(signInPaths.passkeyOptions, async (request) => {
    if (isCrossSite(request.headers, platform.config)) throw otherSite()
    return passkeyOptions(platform)
  })

  app.post(signInPaths.passkey, async (request, reply) => {
    if (isCrossSite(request.headers, platform.config)) throw otherSite()
    const input = parseInput(passkeySignIn, request.body ?? {})
    const taken = await execute(platform, takePasskey, { actor: system, input })
    if (taken && !taken.right) await noteFailure(platform, request, taken.user, 'passkey')
    if (!taken?.right)
      throw new AppError(
        'unauthenticated',
        'This passkey is not known here, or was removed. Sign in with your password, and add it again under your account.',
      )
    await enter.vouch(request, reply, taken.user)
    return { ok: true }
  })
}
