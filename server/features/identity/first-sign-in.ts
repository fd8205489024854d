import { z } from 'zod'
import { passwordProblem } from '../../../contract/identity/password.ts'
import { system } from '../../platform/access.ts'
import { ConfigError } from '../../platform/config.ts'
import { ref } from '../../platform/events.ts'
import type { Platform } from '../../platform/platform.ts'
import { execute, verb } from '../../platform/verb.ts'
import { adminsWhoCanSignIn, lockAdmins } from './admins.ts'
import { firstLinkOffered, userWelcomed } from './events.ts'
import { baseUrl } from './invitation-token.ts'
import { issueLink } from './links.ts'
import { makeAdmin } from './make-admin.ts'

/** Makes the administrator that the environment names, unless there is one: several processes may start at once. */
export const adminFromEnvironment = verb('identity.admin_from_environment', {
  permission: 'system',
  input: z.object({}),
  async run(ctx) {
    const { ADMIN_EMAIL: email, ADMIN_PASSWORD: password } = ctx.config
    await lockAdmins(ctx)
    if (!email || !password || (await adminsWhoCanSignIn(ctx.db)).length > 0) return ctx.unchanged(false)
    const name = email.split('@')[0] ?? email
    const id = await makeAdmin(ctx, { name, email: email.toLowerCase(), password })
    ctx.record(userWelcomed, { subject: ref('user', id), data: { name, purpose: 'environment' } })
    return true
  },
})

/** Makes a one-time link for the first administrator. Links of earlier starts go on until they expire. */
export const offerFirstLink = verb('identity.offer_first_link', {
  permission: 'system',
  input: z.object({}),
  async run(ctx) {
    const { id, link, expiresAt } = await issueLink(ctx, 'first_admin', null)
    ctx.record(firstLinkOffered, {
      subject: ref('system', 'sign-in'),
      data: { invitationId: id, expiresAt: expiresAt.toString() },
    })
    return link
  },
})

/**
 * To be called at each start. While no administrator can sign in: makes the one that ADMIN_EMAIL and ADMIN_PASSWORD
 * name, or a one-time link. Returns the lines to print. Throws ConfigError for a password that the rules refuse.
 */
export const prepareFirstSignIn = async (platform: Platform): Promise<string[]> => {
  const { ADMIN_EMAIL: email, ADMIN_PASSWORD: password } = platform.config
  const address = baseUrl(platform.config)
  const [admin] = await adminsWhoCanSignIn(platform.db)
  if (admin) return [`Sign in at ${address}`]
  if (!email || !password) {
    const link = await execute(platform, offerFirstLink, { actor: system, input: {} })
    return [
      'Nobody can sign in yet. Open this link to become the administrator; it works once, within 24 hours:',
      `  ${link}`,
    ]
  }
  const problem = passwordProblem(password, email)
  if (problem) throw new ConfigError(`ADMIN_PASSWORD ${problem}.`)
  await execute(platform, adminFromEnvironment, { actor: system, input: {} })
  return [`Sign in at ${address} as ${email}, with the password in ADMIN_PASSWORD`]
}
