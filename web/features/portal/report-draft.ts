import type { SentFile } from '../../ui/use-files.ts'
import type { Hurt, Work } from './words.ts'

/** What the report form holds. */
export type Report = {
  title: string
  service: { id: string; name: string } | null
  since: string
  hurt: Hurt | ''
  work: Work | ''
  words: string
  files: readonly SentFile[]
}

export const emptyReport: Report = { title: '', service: null, since: '', hurt: '', work: '', words: '', files: [] }

const stored = (userId: string) => `watchfloor.draft report ${userId}`

/** A report that was begun on this device and not sent. */
export const readReport = (userId: string): Report => {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(stored(userId)) ?? 'null')
    return typeof found === 'object' && found !== null ? { ...emptyReport, ...found } : emptyReport
  } catch {
    return emptyReport
  }
}

export const keepReport = (userId: string, given: Report): void => {
  try {
    if (given.title || given.words || given.files.length > 0)
      localStorage.setItem(stored(userId), JSON.stringify(given))
    else localStorage.removeItem(stored(userId))
  } catch {
    // Storage may be full or blocked; the words are still in the form.
  }
}
