import { MASKED, maskSecrets } from '../../platform/mask-secrets.ts'

/** How much of an answer is kept, in characters. */
const KEPT = 16_000
const SHORTEST = 4

/** A secret as an answer may repeat it: whole, in parts such as the word after Bearer, decoded, and encoded. */
const formsOf = (secret: string): string[] => {
  const parts = [secret, ...secret.split(/\s+/)]
  const decoded = parts
    .filter((part) => /^[A-Za-z0-9+/]{8,}={0,2}$/.test(part))
    .map((part) => Buffer.from(part, 'base64').toString('utf8'))
  const plain = [...parts, ...decoded, ...decoded.flatMap((text) => text.split(':'))]
  return plain.flatMap((text) => [
    text,
    JSON.stringify(text).slice(1, -1),
    encodeURIComponent(text),
    Buffer.from(text).toString('base64'),
  ])
}

/** Words that say how a header is meant are no secrets. */
const schemes = new Set(['bearer', 'basic', 'token', 'apikey', 'digest'])

/**
 * Masks what an action sends as a secret, and what looks like one, and cuts. A secret of which the end was cut away by
 * the reader stands at the very end: so much is left out there.
 */
export const maskAnswer = (text: string, secrets: readonly string[], keeps: 'beginning' | 'end'): string => {
  const forms = [...new Set(secrets.flatMap(formsOf))]
    .filter((form) => form.length >= SHORTEST && !schemes.has(form.toLowerCase()))
    .sort((a, b) => b.length - a.length)
  const known = forms.reduce((masked, form) => masked.replaceAll(form, MASKED), text)
  const masked = maskSecrets(known).toWellFormed().replaceAll('\0', '\ufffd')
  return keeps === 'end' ? masked.slice(-KEPT) : masked.slice(0, KEPT)
}
