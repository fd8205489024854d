import type { Meant } from './names.ts'

type Used = { id: string; name: string; tier: number }

/** Beginnings of words, as long as tell what they are about: "price" and "pricing" both begin with "pric". */
const stems = (text: string): Set<string> =>
  new Set(
    text
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .filter((w) => w.length >= 4)
      .map((w) => w.slice(0, 4)),
  )

/**
 * Which service a desk means that names none: of those it uses the only one, or the only one whose name has a word of
 * what is wrong. Null when it could be several: the analyst asks.
 */
export const serviceOfUnit = (title: string, used: readonly Used[]): Meant | null => {
  const said = stems(title)
  const fits = used.filter((s) => [...stems(s.name)].some((stem) => said.has(stem)))
  const [best, second] = fits.length > 0 ? fits : used
  if (!best || second) return null
  const others = used.filter((s) => s.id !== best.id).map(({ id, name }) => ({ id, name }))
  return { id: best.id, name: best.name, words: '', others: others.slice(0, 8) }
}
