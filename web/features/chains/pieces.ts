type Named = { id: string; name: string }
type Piece = { text: string; job?: Named }

const letter = /[\w-]/
const startsWord = (text: string, at: number) => at === 0 || !letter.test(text[at - 1] ?? '')
const isWord = (text: string, at: number, word: string) =>
  text.startsWith(word, at) && !letter.test(text[at + word.length] ?? '')

/** A sentence in pieces, so that the names of its jobs can lead to them; the longest name of several that fit. */
export const pieces = (message: string, jobs: readonly Named[]): Piece[] => {
  const longest = jobs.toSorted((a, b) => b.name.length - a.name.length)
  const found: Piece[] = []
  let from = 0
  for (let at = 0; at < message.length; at += 1) {
    const job = startsWord(message, at) ? longest.find(({ name }) => isWord(message, at, name)) : undefined
    if (!job) continue
    if (at > from) found.push({ text: message.slice(from, at) })
    found.push({ text: job.name, job })
    from = at + job.name.length
    at = from - 1
  }
  return from < message.length ? [...found, { text: message.slice(from) }] : found
}
