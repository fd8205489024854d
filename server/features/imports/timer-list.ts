import type { ImportFile, Place } from './define-importer.ts'
import { linesOfWords } from './line-finder.ts'

export type ListedTimer = Place & { unit: string; activates: string; next: number }

/** Whether a file is what `systemctl list-timers --output=json` prints. */
export const isTimerList = (text: string): boolean => /^\s*\[\s*(\{|\])/.test(text) && text.includes('"activates"')

/** The timers of such a list; null when it is none. */
export const readTimerList = ({ name: file, text }: ImportFile): ListedTimer[] | null => {
  const list = parsed(text)
  if (!Array.isArray(list)) return null
  const timers = list.filter((one): one is { unit: string } => typeof one?.unit === 'string')
  const lines = linesOfWords(
    text,
    timers.map((one) => JSON.stringify(one.unit)),
  )
  return timers.map((one: { unit: string; activates?: unknown; next?: unknown }, at) => ({
    file,
    line: lines[at] ?? 1,
    unit: one.unit,
    activates: String(one.activates ?? ''),
    next: Number(one.next) || 0,
  }))
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
