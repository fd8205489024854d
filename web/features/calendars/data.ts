import { useQuery } from '@tanstack/react-query'
import { query } from '../../api.ts'
import { refreshOn } from '../../live.ts'

refreshOn('calendar.', () => calendarKeys)

/** What a write to a calendar makes old. */
export const calendarKeys = [query.calendars.key()] as const

/** Read again each minute, because calendars open and close without an event. */
export const useCalendars = () =>
  useQuery({ ...query.calendars.list.queryOptions({ input: { limit: 200 } }), refetchInterval: 60_000 })
export const useCalendar = (id: string) =>
  useQuery({ ...query.calendars.read.queryOptions({ input: { id } }), refetchInterval: 60_000 })
