import type { z } from 'zod'
import { type holidayProposals, knownThrough } from '../../../contract/calendars/index.ts'
import type { Calendar } from './calendar-draft.ts'

export type Proposals = z.output<typeof holidayProposals>
export type Proposed = Proposals['days'][number]

/** What is known of the holidays of a calendar, as fields of a form. */
export type Knowledge = { validThrough: string; provenance: string }

/** Ticked from the start: what is new, lies ahead, and is not only observed. */
export const proposed = ({ days }: Proposals): Set<string> =>
  new Set(days.filter((day) => !day.stored && !day.past && !/observance/i.test(day.about)).map(({ date }) => date))

/** With these days added: the later of both ends, or none as before, and the file beside where the others come from. */
export const knowledgeAfter = (calendar: Calendar, dates: readonly string[], from: string): Knowledge => {
  const { validThrough, provenance: before } = calendar
  const through = knownThrough(dates) ?? ''
  return {
    validThrough: validThrough !== null && through > validThrough ? through : (validThrough ?? ''),
    provenance: before.includes(from) ? before : [before, from].filter(Boolean).join('; ').slice(0, 500),
  }
}

/** 'Fri 25 Dec 2026' */
export const dayWords = (date: string): string =>
  new Date(`${date}T12:00:00Z`).toLocaleDateString('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  })

/** Words beside a day: why it may not be wanted. */
export const remarks = ({ past, closedAnyway, about, stored }: Proposed): string =>
  [
    stored && (stored.closed ? 'there already' : 'there already, with hours'),
    past && 'past',
    !stored && closedAnyway && 'closed anyway',
    about,
  ]
    .filter(Boolean)
    .join(' · ')
