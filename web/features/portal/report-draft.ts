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

export const draftKey = (userId: string) => `watchfloor.draft report ${userId}`

/** A report that was begun on this device and not sent. */
export const reportDraft = {
  start: emptyReport,
  read: (found: object): Report => ({ ...emptyReport, ...found }),
  isEmpty: ({ title, words, files }: Report) => !title && !words && files.length === 0,
}
