import { sha256 } from '../../platform/crypto.ts'
import { cut } from '../../platform/text.ts'
import { bounds } from './signal.ts'

// Most text is clean; the test costs a fraction of the mending.
const unstorable = /[\0\ud800-\udfff]/

/** Text that PostgreSQL can keep: NUL and half a surrogate pair become the replacement character. */
export const storable = (text: string): string =>
  unstorable.test(text) ? text.toWellFormed().replaceAll('\0', '\ufffd') : text

const breaks = /\s*[\r\n\u2028\u2029]+\s*/g

/** One line of at most `max` characters. */
export const oneLine = (text: string, max: number): string => cut(storable(text).replace(breaks, ' ').trim(), max)

/** By characters, of which one may be two units of a string. */
export const isFittingKey = (key: string): boolean =>
  key.length <= bounds.dedupKey || (key.length <= 2 * bounds.dedupKey && [...key].length <= bounds.dedupKey)

/** A dedup key that fits; of one that is too long the end is replaced by its hash, so that two never become one. */
export const fittingKey = (text: string): string => {
  const key = storable(text).trim()
  if (isFittingKey(key)) return key
  return `${cut(key, bounds.dedupKey - 33)}#${sha256(key).slice(0, 32)}`
}

/** A link that may be shown: http or https; null for anything else. */
export const safeUrl = (text: string): string | null => {
  if (text.length > 2_000 || !/^https?:\/\//i.test(text)) return null
  return URL.canParse(text) ? storable(text) : null
}
