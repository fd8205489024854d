import { type Instant, isBefore, plusMinutes } from '../../../platform/clock.ts'
import type { Config } from '../../../platform/config.ts'
import type { Crypto } from '../../../platform/crypto.ts'
import { invalid } from '../../../platform/errors.ts'
import { baseUrl } from '../invitation-token.ts'

const LIFE_MINUTES = 5
const SEALED = 'passkey'

/** The challenge of a ceremony, sealed: it comes back with the answer, and nothing has to be kept meanwhile. */
export const challengeToken = (crypto: Crypto, challenge: string, userId: string | null, now: Instant): string =>
  crypto.seal(SEALED, JSON.stringify({ challenge, userId, until: plusMinutes(now, LIFE_MINUTES).toString() }))

/** The challenge that a token holds. Throws `invalid_input` for one of somebody else, or that is too old. */
export const challengeOf = (crypto: Crypto, token: string, userId: string | null, now: Instant): string => {
  const held = open(crypto, token)
  if (!held || held.userId !== userId) throw invalid('token', 'is not one that was made here; begin again')
  if (isBefore(Temporal.Instant.from(held.until), now))
    throw invalid('token', 'is older than five minutes; begin again')
  return held.challenge
}

const open = (crypto: Crypto, token: string) => {
  try {
    return JSON.parse(crypto.open(SEALED, token)) as { challenge: string; userId: string | null; until: string }
  } catch {
    return null
  }
}

/** Who we are to an authenticator: passkeys are bound to this name of a host, and to this origin. */
export const relyingParty = (config: Config): { id: string; origin: string } => {
  const { hostname, origin } = new URL(baseUrl(config))
  return { id: hostname, origin }
}
