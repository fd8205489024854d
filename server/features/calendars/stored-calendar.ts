import type { z } from 'zod'
import type { calendarKind } from '../../../contract/calendars/index.ts'
import type { Db } from '../../platform/db/pool.ts'
import type { CalendarException, CalendarRules, WeeklyHours } from './calendar-rules.ts'

export type StoredCalendar = {
  id: string
  slug: string
  name: string
  kind: z.output<typeof calendarKind>
  rules: CalendarRules
  provenance: string
  version: number
}

/** Open at every instant: what something without a calendar of its own is measured by. */
export const aroundTheClock: CalendarRules = {
  zone: 'UTC',
  weekly: [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, from: '00:00', to: '24:00' })),
  exceptions: [],
  validThrough: null,
}

type Row = {
  id: string
  slug: string
  name: string
  kind: string
  zone: string
  weekly: unknown
  exceptions: unknown
  valid_through: unknown
  provenance: string
  version: number
}

/** A row as a calendar; the JSON was validated when it was written. */
export const calendarOf = (row: Row): StoredCalendar => ({
  id: row.id,
  slug: row.slug,
  name: row.name,
  kind: row.kind as StoredCalendar['kind'],
  rules: {
    zone: row.zone,
    weekly: row.weekly as WeeklyHours[],
    exceptions: row.exceptions as CalendarException[],
    validThrough: row.valid_through as string | null,
  },
  provenance: row.provenance,
  version: row.version,
})

/** The calendar with its name and version, or null when there is none of this id. */
export const findCalendar = async (db: Db, id: string): Promise<StoredCalendar | null> => {
  const row = await db.selectFrom('calendars').selectAll().where('id', '=', id).executeTakeFirst()
  return row ? calendarOf(row) : null
}

/** The rules of a calendar; no id means around the clock. Null when there is no calendar of this id. */
export const loadCalendar = async (db: Db, id: string | null): Promise<CalendarRules | null> =>
  id === null ? aroundTheClock : ((await findCalendar(db, id))?.rules ?? null)
