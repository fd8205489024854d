import { betterAuth } from 'better-auth'
import { APIError } from 'better-auth/api'
import type { KyselyPlugin, PluginTransformResultArgs, UnknownRow } from 'kysely'
import type { Actor } from '../../platform/access.ts'
import type { Instant } from '../../platform/clock.ts'
import { newId } from '../../platform/ids.ts'
import type { Platform } from '../../platform/platform.ts'
import { cut } from '../../platform/text.ts'
import { execute } from '../../platform/verb.ts'
import { baseUrl } from './invitation-token.ts'
import { findUser } from './lookup.ts'
import { hashPassword, verifyPassword } from './password-hash.ts'
import { addressHeader, authSecret, cookiePrefix, secureCookies } from './session-cookie.ts'
import { DAY_SECONDS, LONGEST_DAYS, sessionEnd } from './session-life.ts'
import { noteSessionEnded, noteSessionStarted } from './sessions.ts'
import { vouched } from './vouched.ts'

const date = (at: Instant) => new Date(at.epochMilliseconds)

/** Our connections hand out Temporal.Instant; better-auth reckons with Date. */
const datesForInstants: KyselyPlugin = {
  transformQuery: ({ node }) => node,
  transformResult: async ({ result }: PluginTransformResultArgs) => ({ ...result, rows: result.rows.map(withDates) }),
}
const withDates = (row: UnknownRow): UnknownRow =>
  Object.fromEntries(Object.entries(row).map(([k, v]) => [k, v instanceof Temporal.Instant ? date(v) : v]))

const stamps = { createdAt: 'created_at', updatedAt: 'updated_at' }

/**
 * Sign-in by password and sign-out, on our tables. better-auth checks the password and writes and deletes sessions; its
 * hooks refuse disabled accounts, set times by our clock, and record events. Only what enter.ts asks for is reached.
 */
export const createAuth = (platform: Platform) => {
  const { config, log, clock } = platform
  const personOf = async (userId: string): Promise<Actor | null> => {
    const user = await findUser(platform.db, userId)
    return user && { kind: 'user', id: user.id, name: user.name, role: user.role, teams: [] }
  }
  return betterAuth({
    appName: 'Watchfloor',
    baseURL: baseUrl(config),
    basePath: '/api/auth',
    secret: authSecret(platform.crypto),
    telemetry: { enabled: false },
    logger: { log: (level, message) => log[level === 'error' ? 'error' : 'debug']({ from: 'better-auth' }, message) },
    // What is no answer to the caller is thrown on to Fastify's error handler, which knows a database that is away.
    onAPIError: { throw: true },
    trustedOrigins: (request) => (request ? [new URL(request.url).origin] : []),
    database: { db: platform.db.withPlugin(datesForInstants), type: 'postgres', transaction: false },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      password: { hash: hashPassword, verify: ({ hash, password }) => verifyPassword(hash, password) },
    },
    user: { modelName: 'users', fields: { ...stamps, emailVerified: 'email_verified' } },
    session: {
      modelName: 'sessions',
      fields: {
        ...stamps,
        userId: 'user_id',
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
      },
      expiresIn: LONGEST_DAYS * DAY_SECONDS,
    },
    account: {
      modelName: 'accounts',
      fields: {
        ...stamps,
        userId: 'user_id',
        accountId: 'account_id',
        providerId: 'provider_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
      },
    },
    verification: { modelName: 'verifications', fields: { ...stamps, expiresAt: 'expires_at' } },
    plugins: [vouched],
    // Ours counts in the database, for all processes, and cannot be used to lock others out: throttle.ts.
    rateLimit: { enabled: false },
    advanced: {
      cookiePrefix,
      useSecureCookies: secureCookies(config),
      // Said expressly: under a test runner better-auth would leave the check out.
      disableOriginCheck: false,
      ipAddress: { ipAddressHeaders: [addressHeader] },
      database: { generateId: () => newId(), validateSchema: false },
    },
    databaseHooks: {
      session: {
        create: {
          async before(session) {
            const user = await findUser(platform.db, session.userId)
            if (!user || user.disabled)
              throw new APIError('FORBIDDEN', {
                code: 'ACCOUNT_DISABLED',
                message: 'This account is disabled. Ask an administrator.',
              })
            const now = clock.now()
            return {
              data: {
                ...session,
                userAgent: cut(session.userAgent ?? '', 200),
                createdAt: date(now),
                updatedAt: date(now),
                expiresAt: date(sessionEnd(now, now)),
              },
            }
          },
          async after(session) {
            const actor = await personOf(session.userId)
            const input = { address: session.ipAddress || 'an unknown address', browser: session.userAgent ?? '' }
            if (actor) await execute(platform, noteSessionStarted, { actor, input })
          },
        },
        delete: {
          async after(session) {
            const actor = await personOf(session.userId)
            if (actor) await execute(platform, noteSessionEnded, { actor, input: {} })
          },
        },
      },
    },
  })
}
