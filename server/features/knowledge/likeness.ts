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

/**
 * Lexemes with which people ask any support for anything. They say nothing of what it is about, however rare they are
 * among the texts that are looked through: nobody writes "please" into a runbook.
 */
const filler = new Set(
  `abl afternoon alreadi also although alway anybodi anymor anyon anyth anyway appar appreci asap ask assist becom
  cannot cant come could couldn couldnt dear didnt doesn doesnt dont els etc even ever everyon everyth evid fine
  get give go goe gone got happen hello help hey hi howev im immedi inde isn isnt issu ive know known let like
  littl look lot mani mate mayb mean might morn much must need noth notic ok okay one pleas possibl probabl
  problem quick rather realli regard said saw say see seem seen sinc someon someth sometim soon sorri still
  stuff sudden suddenli sure take tell thank that thing think though thx today told tomorrow tonight tri troubl
  understand unfortun urgent use usual want wasn wasnt way well went won wonder wont work would wouldn wouldnt
  yes yesterday yet`.split(/\s+/),
)

export const isFiller = (lexeme: string): boolean => filler.has(lexeme)

/** Lexemes that say little, because they stand in much of what is told. A small or a new installation counts too few. */
const everyday = new Set('error new report servic show system team time us user wrong'.split(' '))
const EVERYDAY = 0.05

/** How frequent a word is taken to be, by what was counted; null: nobody can say. */
export const assumedFrequency = (lexeme: string, counted: number | null = null): number | null =>
  everyday.has(lexeme) ? Math.max(counted ?? 0, EVERYDAY) : counted

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
