import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Figure, machine } from './tools.ts'

const file = join(import.meta.dirname, 'RESULTS.md')

const intro = `# Results of npm run bench and npm run soak

Each part with the day and the machine on which it was measured. Client, program and database share the cores; the database waits for its disk (fsync).
`

const row = (f: Figure) =>
  `| ${f.what} | ${f.ours} | ${f.budget} ${f.ok === null ? '' : f.ok ? '✓' : '✗'} | ${f.beside} |`

const sectionOf = (part: string, figures: readonly Figure[]): string => {
  const missed = figures.filter((f) => f.ok === false)
  const why = missed.map((f) => `- ${f.what}: ${f.why ?? 'not explained yet.'}`)
  return `## ${part}

${new Date().toISOString().slice(0, 10)}, ${machine()}

| what | measured | budget | beside it, in the same run |
|---|---|---|---|
${figures.map(row).join('\n')}
${why.length > 0 ? `\nMissed:\n\n${why.join('\n')}\n` : ''}`
}

/** Puts the figures of a part into bench/RESULTS.md in place of those it had there, and prints them. */
export const record = (part: string, figures: readonly Figure[]): void => {
  const section = sectionOf(part, figures)
  console.log(section)
  const kept = readFileSync(file, 'utf8')
    .split(/^(?=## )/m)
    .slice(1)
    .map((one) => `${one.trimEnd()}\n`)
    .filter((one) => !one.startsWith(`## ${part}\n`))
  writeFileSync(file, [intro, ...[...kept, section].toSorted()].join('\n'))
}
