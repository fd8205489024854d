type Piece<Named> = { text: string; named?: Named }

const letter = /[\w-]/
const startsWord = (text: string, at: number) => at === 0 || !letter.test(text[at - 1] ?? '')
const isWord = (text: string, at: number, word: string) =>
  text.startsWith(word, at) && !letter.test(text[at + word.length] ?? '')

/** A sentence in pieces, so that the names in it can lead to what they name; the longest name of several that fit. */
export const pieces = <Named extends { name: string }>(message: string, names: readonly Named[]): Piece<Named>[] => {
  const longest = names.toSorted((a, b) => b.name.length - a.name.length)
  const found: Piece<Named>[] = []
  let from = 0
  for (let at = 0; at < message.length; at += 1) {
    const named = startsWord(message, at) ? longest.find(({ name }) => isWord(message, at, name)) : undefined
    if (!named) continue
    if (at > from) found.push({ text: message.slice(from, at) })
    found.push({ text: named.name, named })
    from = at + named.name.length
    at = from - 1
  }
  return from < message.length ? [...found, { text: message.slice(from) }] : found
}
