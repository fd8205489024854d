import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import type { holidayFeed } from '../../../contract/calendars/index.ts'
import { query } from '../../api.ts'
import { refreshOn } from '../../live.ts'
import type { Calendar } from './calendar-draft.ts'

refreshOn('calendar.', () => calendarKeys)

/** What a write to a calendar makes old. */
export const calendarKeys = [query.calendars.key()] as const

/** Read again each minute, because calendars open and close without an event. */
export const useCalendars = () =>
  useQuery({
    ...query.calendars.list.queryOptions({ input: { limit: 200 } }),
    refetchInterval: 60_000,
  })
export const useCalendar = (id: string) =>
  useQuery({ ...query.calendars.read.queryOptions({ input: { id } }), refetchInterval: 60_000 })

export type Feed = NonNullable<z.output<typeof holidayFeed>['feed']>

/** A new address is read within seconds; what comes of it, and nothing that has changed, is no event. */
export const useFeed = (id: string) =>
  useQuery({
    ...query.calendars.readFeed.queryOptions({ input: { id } }),
    refetchInterval: ({ state }) =>
      state.data?.feed && !state.data.feed.readAt && !state.data.feed.failing ? 1_000 : false,
  })

/** Keeps a calendar as a write has answered it: a form that opens next must not begin with the one before. */
export const useKeepCalendar = () => {
  const client = useQueryClient()
  return (calendar: Calendar) =>
    client.setQueryData(query.calendars.read.queryKey({ input: { id: calendar.id } }), calendar)
}
