import { createCalendar } from '../../server/features/calendars/create-calendar.ts'
import { englandAndWales, japan, newYork } from '../seed/holidays.ts'
import { sites } from '../seed/people.ts'
import type { Tools } from '../seed/tools.ts'

type Session = { from: string; to: string }
const session = (from: string, to: string): Session => ({ from, to })
const onWeekdays = (sessions: readonly Session[]) =>
  [1, 2, 3, 4, 5].flatMap((day) => sessions.map((one) => ({ day, ...one })))

/** The venues that the firm trades at: their clocks stand above every page, and the floor tells what opens next. */
const markets = [
  { site: 'london', name: 'London', sessions: [session('08:00', '16:30')], half: [], days: englandAndWales },
  {
    site: 'newYork',
    name: 'New York',
    sessions: [session('09:30', '16:00')],
    half: [session('09:30', '13:00')],
    days: newYork,
  },
  {
    site: 'tokyo',
    name: 'Tokyo',
    sessions: [session('09:00', '11:30'), session('12:30', '15:30')],
    half: [],
    days: japan,
  },
] as const

export const addMarkets = async ({ run }: Tools): Promise<void> => {
  for (const { site, name, sessions, half, days } of markets)
    await run(createCalendar, {
      kind: 'market',
      slug: `${name.toLowerCase().replace(' ', '-')}-market`,
      name,
      zone: sites[site].zone,
      weekly: onWeekdays(sessions),
      // What is a short day of support is a short day of trading, with hours of its own.
      exceptions: days.exceptions.map((day) => ({ date: day.date, name: day.name, open: day.open ? [...half] : [] })),
      validThrough: days.validThrough,
      provenance: days.provenance,
    })
}
