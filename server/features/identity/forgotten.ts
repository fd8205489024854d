import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { forgotten, signInPaths } from '../../../contract/identity/sign-in.ts'
import { userEmail } from '../../../contract/identity/users.ts'
import { system } from '../../platform/access.ts'
import { plusMinutes } from '../../platform/clock.ts'
import { AppError } from '../../platform/errors.ts'
import { ref } from '../../platform/events.ts'
import { parseInput } from '../../platform/parse.ts'
import type { Platform } from '../../platform/platform.ts'
import { execute, verb } from '../../platform/verb.ts'
import { otherSite } from './authenticate.ts'
import { passwordHashOf } from './credentials.ts'
import { isCrossSite } from './cross-site.ts'
import { resetAsked } from './events.ts'
import { issueLink } from './links.ts'
import { findUserByEmail } from './lookup.ts'
import { takeTurn } from './throttle.ts'

const ONCE_IN_MINUTES = 15

/** Mails a link to set a new password, if somebody who may sign in has this address. Reached by one who is not signed in. */
export const sendForgotten = verb('session.forgotten', {
  permission: 'system',
  input: z.object({ email: userEmail, address: z.string().max(100) }),
  async run(ctx, { email, address }) {
    const found = await findUserByEmail(ctx.db, email)
    // Who signs in through the company has none: a mail must not be a way round that.
    if (!found || found.disabled || !(await passwordHashOf(ctx.db, found.id))) return ctx.unchanged(undefined)
    // Anybody may ask for anybody: the owner of the address is not to be flooded.
    const recent = await ctx.db
      .selectFrom('invitations')
      .select('id')
      .where('user_id', '=', found.id)
      .where('purpose', '=', 'reset')
      .where('created_at', '>', plusMinutes(ctx.now(), -ONCE_IN_MINUTES))
      .executeTakeFirst()
    if (recent) return ctx.unchanged(undefined)
    const { id, expiresAt } = await issueLink(ctx, 'reset', found.id)
    const data = { name: found.name, email: found.email, invitationId: id, expiresAt: expiresAt.toString(), address }
    ctx.record(resetAsked, { subject: ref('user', found.id), data })
  },
})

/** Mounts POST /api/auth/forgotten, which answers the same whether or not anybody has the address. */
export const mountForgotten = (app: FastifyInstance, platform: Platform): void => {
  app.post(signInPaths.forgotten, async (request) => {
    if (isCrossSite(request.headers, platform.config)) throw otherSite()
    if (!platform.config.SMTP_URL)
      throw new AppError('unavailable', 'Watchfloor has no mail server here. Ask an administrator for a one-time link.')
    const { email } = parseInput(forgotten, request.body ?? {})
    const turn = await takeTurn(platform.db, { address: request.ip, email, device: null }, platform.clock.now())
    if (!turn.allowed)
      throw new AppError('too_many', 'Too many tries from this address. Wait a quarter of an hour.', {
        retryAfterSeconds: turn.retryAfterSeconds,
      })
    await execute(platform, sendForgotten, { actor: system, input: { email, address: request.ip } })
    return { ok: true }
  })
}
