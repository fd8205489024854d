import { styleText } from 'node:util'
import { CliError, exitCodes } from './client.ts'

export const say = (text: string): void => void process.stdout.write(`${text}\n`)
export const warn = (text: string): void => void process.stderr.write(`${text}\n`)
export const sayJson = (value: unknown): void => say(JSON.stringify(value, null, 2))

type Tone = 'bad' | 'warn' | 'good' | 'quiet' | 'strong'
const styles = { bad: 'red', warn: 'yellow', good: 'green', quiet: 'dim', strong: 'bold' } as const
const colourful = (): boolean => process.stdout.isTTY === true && !process.env.NO_COLOR

export const paint = (text: string, tone?: Tone | null): string =>
  tone && colourful() ? styleText(styles[tone], text) : text

/** A cell of a table: text, with a tone where it means something. */
export type Cell = string | [text: string, tone: Tone | null]

// What others wrote may hold control characters; they must not reach the terminal.
const control = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu
const clean = (text: string) => text.replace(control, ' ')
/** Text of several lines, for a terminal. */
export const cleanText = (text: string): string => text.split(/\r?\n/).map(clean).join('\n')

/** Rows as aligned text with a heading in front. On a terminal the last column is cut to its width. */
export const table = (heading: string[], rows: Cell[][]): string => {
  const parts = rows.map((r) =>
    r.map((c): [string, Tone | null] => (typeof c === 'string' ? [clean(c), null] : [clean(c[0]), c[1]])),
  )
  const widths = heading.map((h, i) => Math.max(h.length, ...parts.map((r) => r[i]?.[0].length ?? 0)))
  const before = widths.slice(0, -1).reduce((sum, w) => sum + w + 2, 0)
  const room = process.stdout.isTTY ? Math.max(20, (process.stdout.columns || 80) - before) : Number.POSITIVE_INFINITY
  const line = (cells: [string, Tone | null][]) =>
    cells
      .map(([text, tone], i) => {
        if (i < cells.length - 1) return paint(text.padEnd(widths[i] ?? 0), tone)
        return paint(text.length > room ? `${text.slice(0, room - 1)}…` : text, tone)
      })
      .join('  ')
      .trimEnd()
  return [line(heading.map((h) => [h, 'quiet'])), ...parts.map(line)].join('\n')
}

/** Facts under one another: `label  value`, without those that there are not. */
export const facts = (given: [label: string, value: string | null | undefined | false][]): string => {
  const there = given.filter((f): f is [string, string] => typeof f[1] === 'string' && f[1] !== '')
  const width = Math.max(...there.map(([l]) => l.length))
  return there.map(([label, value]) => `${paint(label.padEnd(width), 'quiet')}  ${clean(value)}`).join('\n')
}

export const everyWords = (seconds: number): string => {
  if (seconds % 86_400 === 0) return seconds === 86_400 ? 'daily' : `${seconds / 86_400} days`
  if (seconds % 3600 === 0) return `${seconds / 3600} h`
  if (seconds % 60 === 0) return `${seconds / 60} min`
  return `${seconds} s`
}

export const zoneHere = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone

/** An instant by the clock on the wall here, to the minute: 2026-11-23 07:12. The zone stands in the heading. */
export const wallTime = (instant: string | null | undefined): string =>
  instant ? new Date(instant).toLocaleString('sv-SE', { dateStyle: 'short', timeStyle: 'short' }) : '–'

/** The same with its zone. */
export const zonedTime = (instant: string | null | undefined): string | null =>
  instant
    ? `${wallTime(instant)} ${new Intl.DateTimeFormat('en-GB', { timeZoneName: 'short' }).formatToParts(new Date(instant)).find((p) => p.type === 'timeZoneName')?.value}`
    : null

export const duration = (ms: number | null): string => {
  if (ms === null) return '–'
  if (ms < 1_000) return `${Math.round(ms)} ms`
  const s = Math.round(ms / 1000)
  if (s < 120) return `${s} s`
  if (s < 7_200) return `${Math.floor(s / 60)} min ${s % 60 ? `${s % 60} s` : ''}`.trimEnd()
  return `${Math.floor(s / 3600)} h ${Math.floor((s % 3600) / 60)} min`
}

type Page<T> = { items: T[]; next: string | null }
const MOST_ON_A_PAGE = 200

/** Collects pages until there are `limit`; tells on a terminal how far it is, and when there are more. */
export const collect = async <T>(
  limit: number,
  read: (page: { limit: number; cursor?: string }) => Promise<Page<T>>,
): Promise<T[]> => {
  const found: T[] = []
  let cursor: string | undefined
  const showsProgress = limit > MOST_ON_A_PAGE && process.stderr.isTTY
  do {
    const page = await read({ limit: Math.min(MOST_ON_A_PAGE, limit - found.length), ...(cursor ? { cursor } : {}) })
    found.push(...page.items)
    cursor = page.next ?? undefined
    if (showsProgress) process.stderr.write(`\r${found.length} …`)
  } while (cursor && found.length < limit)
  if (showsProgress) process.stderr.write('\r\u001b[K')
  if (cursor && process.stderr.isTTY) warn(`There are more. Use --limit ${limit * 2}.`)
  return found
}

const LIMIT = 50
const MOST = 100_000
/** Reads --limit. */
export const readLimit = (given: string): number => {
  const limit = Number(given)
  if (Number.isInteger(limit) && limit >= 1 && limit <= MOST) return limit
  throw new CliError(`--limit must be a whole number from 1 to ${MOST}.`, exitCodes.usage)
}
export const usualLimit = LIMIT
