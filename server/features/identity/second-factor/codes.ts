import { randomInt } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import type { Instant } from '../../../platform/clock.ts'
import { sha256 } from '../../../platform/crypto.ts'

const PERIOD_SECONDS = 30
const HOW_MANY = 10
/** Without those that are taken for one another: 0 o, 1 l i. */
const LETTERS = '23456789abcdefghjkmnpqrstuvwxyz'

const appOf = (secret: string, label: string) =>
  new TOTP({ issuer: 'Watchfloor', label, secret: Secret.fromBase32(secret), period: PERIOD_SECONDS, digits: 6 })

/** A secret of 160 bits, as RFC 4226 wants it, in base32. */
export const newSecret = (): string => new Secret({ size: 20 }).base32

/** What an app reads from the QR code. */
export const uriOf = (secret: string, email: string): string => appOf(secret, email).toString()

/**
 * The half minute that a code belongs to (RFC 6238, one step before and after for clocks that differ), or null when it
 * is not right or not newer than the last that was taken.
 */
export const stepOf = (secret: string, code: string, now: Instant, lastStep: number): number | null => {
  if (!/^\d{6}$/.test(code)) return null
  const timestamp = now.epochMilliseconds
  const off = appOf(secret, '').validate({ token: code, timestamp, window: 1 })
  if (off === null) return null
  const step = TOTP.counter({ period: PERIOD_SECONDS, timestamp }) + off
  return step > lastStep ? step : null
}

/** Ten codes of 49 bits, to be written down; what is kept of each is its hash. */
export const newRecoveryCodes = (): { codes: string[]; hashes: string[] } => {
  const codes = Array.from({ length: HOW_MANY }, () =>
    Array.from({ length: 10 }, () => LETTERS[randomInt(LETTERS.length)]).join(''),
  )
  return { codes: codes.map((code) => `${code.slice(0, 5)}-${code.slice(5)}`), hashes: codes.map(hashOf) }
}
export const hashOf = (code: string): string => sha256(`recovery ${code}`)
