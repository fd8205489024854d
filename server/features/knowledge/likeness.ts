/** How like two texts are, and why: a rule over words and how rare they are. Pure. */

import { tokensOf } from './tokens.ts'

export type Word = {
  /** As it was written. */
  word: string
  lexeme: string
  /** In how many of the texts it stands, 0 to 1; null: nothing is known of it yet. */
  frequency: number | null
  /** It may go on: its beginning counts. */
  begun?: boolean
}

/** Lexemes that stand in what people tell any support. In a new installation nobody has counted that yet. */
const everyday = new Set(
  `anymor anyth ask cannot error get happen hello help issu know look morn need new noth pleas problem report said see seen
  servic show sinc still team tell thank thing time today told tri use user way work yesterday`.split(/\s+/),
)

/** How frequent a word is taken to be of which nothing is known; null: nobody can say. */
export const assumedFrequency = (lexeme: string): number | null => (everyday.has(lexeme) ? 0.05 : null)

export type Likeness = { weight: number; words: string[] }

/** 0 for a word that stands everywhere, 1 for one in ten thousand: what is rare says more (inverse document frequency). */
export const weightOf = ({ frequency }: Pick<Word, 'frequency'>): number =>
  Math.min(1, Math.max(0, -Math.log10(Math.max(frequency ?? 0.001, 0.0001)) / 4))

/** The words that stand in the other text as well, the rarest first, each once, and the sum of their weights. */
export const likeness = (words: readonly Word[], lexemes: readonly string[]): Likeness => {
  const set = new Set(lexemes)
  const found = words.filter(
    (w) => set.has(w.lexeme) || (w.begun === true && lexemes.some((l) => l.startsWith(w.lexeme))),
  )
  const byWord = new Map<string, number>()
  for (const w of found) byWord.set(w.word, Math.max(byWord.get(w.word) ?? 0, weightOf(w)))
  const ordered = [...byWord].sort((a, b) => b[1] - a[1])
  return { weight: ordered.reduce((sum, [, weight]) => sum + weight, 0), words: ordered.map(([word]) => word) }
}

/** One word that stands in fewer than one of 250 texts tells something; two that are less rare do together. */
const TELLING = 0.6

/** Whether it is worth a look: on the same service one telling word is enough, elsewhere it takes two. */
export const isLike = ({ weight, words }: Likeness, near: boolean, asked: number): boolean =>
  near ? weight >= TELLING : weight >= 1 && (words.length >= 2 || asked === 1)

/** Without those in a service's name: among what belongs to that service, "order" of "Order entry" tells nothing. */
export const withoutName = (words: readonly Word[], name: string): readonly Word[] => {
  const parts = tokensOf(name)
  const isPart = ({ word, lexeme }: Word) =>
    parts.some((p) => p === word || p.startsWith(lexeme) || (lexeme.length > 3 && p.startsWith(lexeme.slice(0, -1))))
  const rest = words.filter((w) => !isPart(w))
  return rest.length > 0 ? rest : words
}

const SHOWN = 4

/** 'same service; words: blotter, prices; used on 3 tickets this week' */
export const because = (parts: { near?: string | null; words: readonly string[]; more?: readonly string[] }): string =>
  [
    parts.near,
    parts.words.length > 0 &&
      `${parts.words.length === 1 ? 'word' : 'words'}: ${parts.words.slice(0, SHOWN).join(', ')}`,
    ...(parts.more ?? []),
  ]
    .filter(Boolean)
    .join('; ')
