import type { z } from 'zod'
import type { calendar } from '../../../contract/calendars/index.ts'
import { hoursOf, hoursWords } from './hours.ts'

export type Calendar = z.output<typeof calendar>
export type ExceptionDraft = { key: number; date: string; hours: string; name: string }

export type CalendarDraft = {
  name: string
  slug: string
  kind: Calendar['kind']
  zone: string
  /** Hours of Monday to Sunday, as somebody writes them. */
  week: string[]
  exceptions: ExceptionDraft[]
  validThrough: string
  provenance: string
}

export const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

let keys = 0
export const newException = (): ExceptionDraft => ({ key: ++keys, date: '', hours: '', name: '' })

export const newCalendarDraft = (zone: string): CalendarDraft => ({
  name: '',
  slug: '',
  kind: 'support',
  zone,
  week: days.map((_, i) => (i < 5 ? '08:00–18:00' : '')),
  exceptions: [],
  validThrough: '',
  provenance: '',
})

export const calendarDraftOf = (c: Calendar): CalendarDraft => ({
  name: c.name,
  slug: c.slug,
  kind: c.kind,
  zone: c.zone,
  week: days.map((_, i) => hoursWords(c.weekly.filter(({ day }) => day === i + 1))),
  exceptions: c.exceptions
    .map((e) => ({ key: ++keys, date: e.date, hours: hoursWords(e.open), name: e.name }))
    .sort((a, b) => (a.date < b.date ? -1 : 1)),
  validThrough: c.validThrough ?? '',
  provenance: c.provenance,
})

const noHours = 'Enter hours such as 08:00–18:00, or 8-12, 13-18. Left empty, the day is closed.'

/** What is wrong, by field of the form. */
export const calendarProblems = (draft: CalendarDraft): Record<string, string> => {
  const problems: Record<string, string> = {}
  if (draft.name.trim() === '') problems.name = 'Give it a name, such as "London support".'
  for (const [i, hours] of draft.week.entries()) if (!hoursOf(hours)) problems[`week.${i}`] = noHours
  for (const e of draft.exceptions) {
    if (!/^\d{4}-\d\d-\d\d$/.test(e.date)) problems[`date.${e.key}`] = 'A date is needed.'
    if (!hoursOf(e.hours)) problems[`hours.${e.key}`] = noHours
  }
  return problems
}

/** What the API is sent; only for a draft without problems. */
export const calendarInput = (draft: CalendarDraft) => ({
  name: draft.name.trim(),
  zone: draft.zone,
  weekly: draft.week.flatMap((text, i) => (hoursOf(text) ?? []).map((hours) => ({ day: i + 1, ...hours }))),
  exceptions: draft.exceptions.map(({ date, hours, name }) => ({
    date,
    open: hoursOf(hours) ?? [],
    name: name.trim(),
  })),
  validThrough: draft.validThrough || null,
  provenance: draft.provenance.trim(),
})
