import type { FormValue } from '../../ui/schema-check.ts'
import type { Known } from './references.tsx'

/** What was filled in on this machine and not sent. `version`: of the form that it was begun with. */
export type AskDraft = { version: number; value: FormValue; known: Known }

export const draftKey = (slug: string, userId: string) => `watchfloor.draft request ${slug} ${userId}`

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What of an older draft still has a field; the rest was asked by a form that is not there any more. */
export const fitting = (value: FormValue, properties: Readonly<Record<string, unknown>>): FormValue =>
  Object.fromEntries(Object.entries(value).filter(([name]) => Object.hasOwn(properties, name)))

/** `start`: of a form that nobody has touched. */
export const askDraft = (start: AskDraft, properties: Readonly<Record<string, unknown>>) => ({
  start,
  read: (found: object): AskDraft => {
    const { version, value, known } = found as Partial<Record<keyof AskDraft, unknown>>
    if (typeof version !== 'number' || !isRecord(value)) return start
    return { version, value: fitting(value, properties), known: isRecord(known) ? (known as Known) : {} }
  },
  isEmpty: ({ value }: AskDraft) => JSON.stringify(value) === JSON.stringify(start.value),
})
