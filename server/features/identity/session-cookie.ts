import { createHmac } from 'node:crypto'
import type { Config } from '../../platform/config.ts'
import { type Crypto, sameText } from '../../platform/crypto.ts'

export const cookiePrefix = 'watchfloor'

/** Under this header we tell better-auth the address that Fastify established; what a client sends is never passed on. */
export const addressHeader = 'x-watchfloor-address'

/** Cookies are Secure, and say so in their name, where people use https. */
export const secureCookies = (config: Pick<Config, 'BASE_URL'>): boolean =>
  config.BASE_URL?.startsWith('https:') ?? false

export const sessionCookieName = (config: Pick<Config, 'BASE_URL'>): string =>
  `${secureCookies(config) ? '__Secure-' : ''}${cookiePrefix}.session_token`

/** better-auth's secret: one of our keys, so that it changes with SECRET_KEY and is stored nowhere. */
export const authSecret = (crypto: Crypto): string => crypto.sign('better-auth', 'secret')

/** The token in a session cookie, `token.base64(HMAC-SHA256)`, or null when the signature is not ours. */
export const readSessionCookie = (value: string | undefined, secret: string): string | null => {
  const dot = value?.lastIndexOf('.') ?? -1
  if (!value || dot < 1) return null
  const token = value.slice(0, dot)
  const signature = createHmac('sha256', secret).update(token).digest('base64')
  return sameText(signature, value.slice(dot + 1)) ? token : null
}
