import type { FormValue } from '../../ui/schema-check.ts'
import type { Known } from './references.tsx'

/** What was filled in on this machine and not sent. `version`: of the form that it was begun with. */
export type AskDraft = { version: number; value: FormValue; known: Known }

const stored = (slug: string, userId: string) => `watchfloor.draft request ${slug} ${userId}`
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const readAskDraft = (slug: string, userId: string): AskDraft | undefined => {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(stored(slug, userId)) ?? 'null')
    if (!isRecord(found) || typeof found.version !== 'number' || !isRecord(found.value)) return undefined
    return { version: found.version, value: found.value, known: isRecord(found.known) ? (found.known as Known) : {} }
  } catch {
    return undefined
  }
}

export const keepAskDraft = (slug: string, userId: string, draft: AskDraft | undefined): void => {
  try {
    if (draft) localStorage.setItem(stored(slug, userId), JSON.stringify(draft))
    else localStorage.removeItem(stored(slug, userId))
  } catch {
    // Storage may be full or blocked; what was typed is still in the form.
  }
}

/** What of an older draft still has a field; the rest was asked by a form that is not there any more. */
export const fitting = (value: FormValue, properties: Readonly<Record<string, unknown>>): FormValue =>
  Object.fromEntries(Object.entries(value).filter(([name]) => Object.hasOwn(properties, name)))
