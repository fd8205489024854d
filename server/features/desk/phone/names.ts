/** Something that can be named on the phone. `weight`: of several that fit equally, the heavier one is meant. */
export type Nameable = { id: string; name: string; slug?: string; mail?: string; weight?: number }
export type Meant = {
  id: string
  name: string
  /** What was said. */
  words: string
  /** What else it could mean, the likelier first. */
  others: { id: string; name: string }[]
}

/** Letters without accents, small; everything else is a space. */
const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** Names are flattened once, for each key that is pressed looks at all of them. */
const flattened = new Map<string, string>()
const MOST_KEPT = 20_000

const flatName = (name: string): string => {
  const known = flattened.get(name)
  if (known !== undefined) return known
  if (flattened.size >= MOST_KEPT) flattened.clear()
  const flat = plain(name)
  flattened.set(name, flat)
  return flat
}

/** Words of names that are as well words of what is wrong: alone they name nothing. */
const ordinary = new Set(
  'access account accounts batch book books branch cash client clients connectivity control data desk engine entry equities equity feed file files gateway job london market markets order orders position positions price prices pricing prime program report reporting reports risk server service system tokyo trade trades trading transfer user users york with from have this that will mark may'.split(
    ' ',
  ),
)

type Fit = { thing: Nameable; score: number; words: string }

const vowels = /[aeiou]/

/** "gate" is the beginning of "gateway", and "gw" its bones. */
const shortens = (piece: string, word: string): boolean => {
  if (word.startsWith(piece)) return true
  if (piece.length < 2 || piece[0] !== word[0] || vowels.test(piece.slice(1))) return false
  let at = 0
  for (const letter of piece) {
    const found = word.indexOf(letter, at)
    if (found < 0) return false
    at = found + 1
  }
  return true
}

/** "eqd" fits "Equity derivatives" and "mdgw" "Market data gateway": each word of the name gives some letters, in order. */
const abbreviates = (token: string, words: readonly string[]): boolean => {
  if (words.length === 0) return token === ''
  const [word = '', ...rest] = words
  for (let n = Math.min(word.length, token.length - rest.length); n >= 1; n--)
    if (shortens(token.slice(0, n), word) && abbreviates(token.slice(n), rest)) return true
  return false
}

/** "eq deriv", "market data gw": the words of a name one after another, each shortened; at least two whole ones of a longer name. */
const spelled = (tokens: readonly string[], words: readonly string[]): string | null => {
  for (let n = words.length; n >= 2; n--)
    for (let from = 0; from + n <= words.length; from++)
      for (let at = 0; at + n <= tokens.length; at++) {
        if (tokens[at]?.[0] !== words[from]?.[0]) continue
        const said = tokens.slice(at, at + n)
        const whole = n < words.length
        const fits = said.every((t, k) => {
          const word = words[from + k] ?? ''
          return t === word || (!whole && t.length >= 2 && shortens(t, word))
        })
        if (fits && said.join('').length >= 5) return said.join(' ')
      }
  return null
}

const fitOf = (
  thing: Nameable,
  line: string,
  tokens: readonly string[],
  common: ReadonlyMap<string, number>,
): Fit | null => {
  const name = flatName(thing.name)
  const words = name.split(' ')
  const has = (phrase: string) => phrase !== '' && ` ${line} `.includes(` ${phrase} `)
  const slug = flatName(thing.slug ?? '')
  // A slug of several words is nobody's ordinary speech, however it was written.
  if (has(name)) return { thing, score: 6, words: name }
  if (slug.includes(' ') && has(slug)) return { thing, score: 6, words: slug }
  const mail = plain((thing.mail ?? '').split('@')[0] ?? '')
  if (has(mail)) return { thing, score: 5, words: mail }
  if (words.length >= 2 && !thing.mail) {
    const short = tokens.find((t) => t.length >= 3 && t.length <= 6 && !ordinary.has(t) && abbreviates(t, words))
    if (short) return { thing, score: 4, words: short }
    const phrase = spelled(tokens, words)
    if (phrase) return { thing, score: 4, words: phrase }
  }
  const shared = (word: string) => common.get(word) ?? 0
  const known = tokens.filter(
    (t) => words.includes(t) && !ordinary.has(t) && (t.length >= 4 || (t.length === 3 && !thing.mail)),
  )
  const best = known.toSorted((a, b) => shared(a) - shared(b) || b.length - a.length)[0]
  return best && shared(best) <= 5 ? { thing, score: 3, words: best } : null
}

/** Nobody says more on the phone before the first breath. */
const MOST_WORDS = 40

/** What of these a line names, if it names one: by whole name, slug, mail address, abbreviation, or a word that few share. */
export const meantIn = (line: string, things: readonly Nameable[]): Meant | null => {
  const tokens = plain(line).split(' ').filter(Boolean).slice(0, MOST_WORDS)
  const flat = tokens.join(' ')
  const common = new Map<string, number>()
  for (const thing of things)
    for (const word of new Set(flatName(thing.name).split(' '))) common.set(word, (common.get(word) ?? 0) + 1)
  const fits = things.flatMap((thing) => fitOf(thing, flat, tokens, common) ?? [])
  const [best] = fits.toSorted(
    (a, b) =>
      b.score - a.score ||
      b.words.length - a.words.length ||
      (b.thing.weight ?? 0) - (a.thing.weight ?? 0) ||
      a.thing.name.localeCompare(b.thing.name),
  )
  if (!best) return null
  const others = fits
    .filter((f) => f.thing.id !== best.thing.id)
    .toSorted((a, b) => b.score - a.score || (b.thing.weight ?? 0) - (a.thing.weight ?? 0))
    .slice(0, 8)
    .map(({ thing: { id, name } }) => ({ id, name }))
  return { id: best.thing.id, name: best.thing.name, words: best.words, others }
}

const leading = /\b(?:in|at|from|on|of|for|by|with)\s+(?:the\s+)?$/i
const initial = /(?<!\p{L})\p{L}{1,2}['’]$/u

/** Cuts the words of a name out of a line, however they were written, or puts `instead` in their place. */
export const without = (line: string, words: string, instead = ''): string => {
  const pieces = [...line.matchAll(/[\p{L}\p{N}\p{M}]+/gu)].map((m) => ({
    at: m.index,
    end: m.index + m[0].length,
    flat: plain(m[0]),
  }))
  const wanted = words.split(' ')
  const at = pieces.findIndex((_, i) => wanted.every((w, n) => pieces[i + n]?.flat === w))
  const [first, last] = [pieces[at], pieces[at + wanted.length - 1]]
  if (words === '' || !first || !last) return line
  // Nobody is called O' once Neill is gone, and nothing is left of "in" without what it is in.
  const before = line.slice(0, first.at).replace(initial, '')
  return `${instead ? before : before.replace(leading, '')} ${instead} ${line.slice(last.end)}`
    .replace(/\s+/g, ' ')
    .trim()
}
