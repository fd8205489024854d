import type { z } from 'zod'
import type { holidayProposals } from '../../../../contract/calendars/index.ts'
import type { Instant } from '../../../platform/clock.ts'
import type { CalendarRules } from '../calendar-rules.ts'
import { proposalsOf } from '../holidays/proposals.ts'

export type FeedDays = {
  proposals: z.output<typeof holidayProposals>
  /** Days ahead that are new in the feed, and about which nobody has decided. */
  came: string[]
  /** Days ahead on which the calendar is closed, that the feed had when somebody decided about them and has no more. */
  went: { date: string; name: string }[]
}

/** What a copy of a feed says beside a calendar and what was decided before. Throws UnreadableFile. */
export const feedDays = (copy: string, decided: readonly string[], rules: CalendarRules, now: Instant): FeedDays => {
  const proposals = proposalsOf(copy, rules, now)
  const today = now.toZonedDateTimeISO(rules.zone).toPlainDate().toString()
  const [said, known] = [new Set(proposals.days.map(({ date }) => date)), new Set(decided)]
  return {
    proposals,
    came: proposals.days
      .filter(({ date, past, stored }) => !past && !stored && !known.has(date))
      .map(({ date }) => date),
    went: rules.exceptions
      .filter(({ date, open }) => open.length === 0 && date >= today && known.has(date) && !said.has(date))
      .map(({ date, name }) => ({ date, name })),
  }
}

/** How many days wait for somebody to decide, and the first of them. */
export const waitingOf = ({ came, went }: Pick<FeedDays, 'came' | 'went'>) => {
  const dates = [...came, ...went.map(({ date }) => date)].sort()
  return { waiting: dates.length, first_waiting: dates[0] ?? null }
}
