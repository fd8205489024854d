import { covers } from '../../../contract/identity/scopes.ts'
import type { Actor } from '../../platform/access.ts'
import { AppError } from '../../platform/errors.ts'

/**
 * A key gives away no more than it holds: else one with `key.write` could make itself one with `*`, and one with
 * `people.write` an administrator. Throws `forbidden`. People are bound by the permissions table alone.
 */
export const requireReach = (actor: Actor, wanted: readonly string[]): void => {
  if (actor.kind !== 'key') return
  const missing = wanted.filter((w) => !covers(actor.scopes, w))
  if (missing.length === 0) return
  throw new AppError(
    'forbidden',
    `This key cannot give away what it does not hold: ${missing.join(', ')}. Let an administrator do it.`,
  )
}
