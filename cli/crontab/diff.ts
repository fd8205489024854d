const CONTEXT = 3

/** The unified difference of two texts of which each line of the one became that line of the other. Empty: none. */
export const unifiedDiff = (name: string, before: string, after: string): string => {
  const [old, now] = [linesOf(before), linesOf(after)]
  const changed = old.flatMap((line, i) => (line === now[i] ? [] : [i]))
  const hunks: [from: number, to: number][] = []
  for (const i of changed) {
    const [from, to] = [Math.max(0, i - CONTEXT), Math.min(old.length, i + CONTEXT + 1)]
    const last = hunks.at(-1)
    if (last && from <= last[1]) last[1] = to
    else hunks.push([from, to])
  }
  if (hunks.length === 0) return ''
  return [`--- ${name}`, `+++ ${name} (new)`, ...hunks.flatMap(([from, to]) => hunk(old, now, from, to))].join('\n')
}

const hunk = (old: string[], now: string[], from: number, to: number): string[] => {
  const count = to - from
  const said = [`@@ -${from + 1},${count} +${from + 1},${count} @@`]
  for (let i = from; i < to; ) {
    const begin = i
    while (i < to && old[i] !== now[i]) i++
    const marked = (lines: string[], mark: string) => lines.slice(begin, i).map((l) => mark + l)
    said.push(...marked(old, '-'), ...marked(now, '+'))
    if (i < to) said.push(` ${old[i++]}`)
  }
  return said
}

/** A last line without an end says so, as diff does. */
const linesOf = (text: string): string[] => {
  const lines = text.split('\n')
  if (lines.at(-1) === '') return lines.slice(0, -1)
  return [...lines.slice(0, -1), `${lines.at(-1)}\n\\ No newline at end of file`]
}
