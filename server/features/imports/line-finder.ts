/** Answers the line, from 1, of places of a text that are asked for from its beginning to its end. */
export const lineFinder = (text: string): ((position: number) => number) => {
  let at = 0
  let line = 1
  return (position) => {
    for (let next = text.indexOf('\n', at); next !== -1 && next < position; next = text.indexOf('\n', at)) {
      at = next + 1
      line++
    }
    return line
  }
}

/** The line of each of these words, where they stand one after another in a text. */
export const linesOfWords = (text: string, words: readonly string[]): number[] => {
  const lineAt = lineFinder(text)
  let from = 0
  return words.map((word) => {
    const found = text.indexOf(word, from)
    if (found !== -1) from = found + word.length
    return lineAt(Math.max(from - 1, 0))
  })
}
