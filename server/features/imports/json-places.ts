/** Where objects stand in a JSON text. */

const BETWEEN = '\0'
export const placeName = (path: readonly (string | number)[]): string => path.join(BETWEEN)

/** Deeper than any scheduler writes it, and no deeper than what comes after can follow it. */
const MOST_DEEP = 100

type Frame = { path: string; isArray: boolean; key: string; index: number; keyLine: number; keys: Set<string> | null }

/**
 * The line of each object of a JSON text that can be parsed, by its path of keys and indexes, and where an object says a
 * key a second time, of which a parser keeps the last alone. Throws SyntaxError where it is nested too deep.
 */
export const jsonPlaces = (text: string): { lines: Map<string, number>; twice: { key: string; line: number }[] } => {
  const lines = new Map<string, number>()
  const twice: { key: string; line: number }[] = []
  const frames: Frame[] = []
  let line = 1
  let word: { text: string; line: number } | null = null
  for (const [token] of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]|\n/g)) {
    const frame = frames.at(-1)
    if (token === '\n') line++
    else if (token === '{' || token === '[') {
      if (frames.length === MOST_DEEP) throw new SyntaxError(`it is nested more than ${MOST_DEEP} deep`)
      const own = frame && (frame.isArray ? String(frame.index) : frame.key)
      const path = frame && own !== undefined ? (frame.path ? frame.path + BETWEEN + own : own) : ''
      if (token === '{') lines.set(path, frame && !frame.isArray ? frame.keyLine : line)
      frames.push({ path, isArray: token === '[', key: '', index: 0, keyLine: line, keys: null })
    } else if (token === '}' || token === ']') frames.pop()
    else if (token === ',') {
      if (frame?.isArray) frame.index++
    } else if (token === ':') {
      if (frame && word) {
        frame.key = JSON.parse(word.text) as string
        frame.keyLine = word.line
        if (frame.keys?.has(frame.key)) twice.push({ key: frame.key, line: word.line })
        else frame.keys = (frame.keys ?? new Set()).add(frame.key)
      }
    } else word = { text: token, line }
  }
  return { lines, twice }
}
