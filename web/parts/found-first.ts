/** Something that was found, with what says how near it is to what was meant. */
type Near = { title: string /** It is over: a ticket that was closed, say. */; over?: boolean }

const rank = (typed: string, { title, over = false }: Near): number => {
  const [lower, words] = [title.toLowerCase(), typed.toLowerCase()]
  // A number is typed to go there, whatever has become of it.
  const exact = lower === words || lower.startsWith(`${words} `)
  if (exact) return 0
  return (
    (lower.startsWith(words) ? 1 : lower.split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(words)) ? 2 : 3) +
    (over ? 3 : 0)
  )
}

/** What is called so comes first, what is over last; beside that the order stays. */
export const nearestFirst = <Found extends Near>(typed: string, found: readonly Found[]): Found[] =>
  found.toSorted((a, b) => rank(typed, a) - rank(typed, b))
