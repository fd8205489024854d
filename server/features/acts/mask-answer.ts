import { maskKnown } from '../../platform/mask-secrets.ts'

/** How much of an answer is kept, in characters. */
const KEPT = 16_000

/**
 * Masks what an action sends as a secret, and what looks like one, and cuts. A secret of which the end was cut away by
 * the reader stands at the very end: so much is left out there.
 */
export const maskAnswer = (text: string, secrets: readonly string[], keeps: 'beginning' | 'end'): string => {
  const masked = maskKnown(text, secrets).toWellFormed().replaceAll('\0', '\ufffd')
  return keeps === 'end' ? masked.slice(-KEPT) : masked.slice(0, KEPT)
}
