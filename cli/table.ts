/** Rows as aligned text, with a heading in front. */
export const table = (heading: string[], rows: string[][]): string => {
  const all = [heading, ...rows]
  const widths = heading.map((_, i) => Math.max(...all.map((r) => (r[i] ?? '').length)))
  return all
    .map((r) => r.map((cell, i) => (i === r.length - 1 ? cell : cell.padEnd(widths[i] ?? 0))).join('  '))
    .join('\n')
}

export const everyWords = (seconds: number): string => {
  if (seconds % 86_400 === 0) return seconds === 86_400 ? 'daily' : `${seconds / 86_400} days`
  if (seconds % 3600 === 0) return `${seconds / 3600} h`
  if (seconds % 60 === 0) return `${seconds / 60} min`
  return `${seconds} s`
}
