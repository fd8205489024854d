export type Match = { score: number; ranges: readonly (readonly [from: number, to: number])[] }

const boundary = (text: string, at: number) => at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1] ?? '')

/**
 * Whether all words of what was typed occur in the text, and where: 'esc dba' fits 'Escalate to DBA'. A word at the
 * beginning of a word counts more, at the beginning of the text most.
 */
export const match = (typed: string, text: string): Match | undefined => {
  const lower = text.toLowerCase()
  const ranges: [number, number][] = []
  let score = 0
  for (const word of typed.toLowerCase().split(/\s+/).filter(Boolean)) {
    let best: number | undefined
    for (let at = lower.indexOf(word); at >= 0; at = lower.indexOf(word, at + 1)) {
      if (boundary(lower, at)) {
        best = at
        break
      }
      best ??= at
    }
    if (best === undefined) return undefined
    score += best === 0 ? 3 : boundary(lower, best) ? 2 : 1
    ranges.push([best, best + word.length])
  }
  return { score, ranges: ranges.sort((a, b) => a[0] - b[0]) }
}

/** The text cut into pieces, those that fit marked. */
export const pieces = (text: string, ranges: Match['ranges']): { text: string; fits: boolean }[] => {
  const out: { text: string; fits: boolean }[] = []
  let at = 0
  for (const [from, to] of ranges) {
    if (to <= at) continue
    if (from > at) out.push({ text: text.slice(at, from), fits: false })
    out.push({ text: text.slice(Math.max(from, at), to), fits: true })
    at = to
  }
  if (at < text.length) out.push({ text: text.slice(at), fits: false })
  return out
}
