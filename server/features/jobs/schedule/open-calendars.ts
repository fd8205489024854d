import { type ByDays, isByDays, type JobSchedule } from '../../../../contract/jobs/schedule.ts'
import type { Db } from '../../../platform/db/pool.ts'
import { DAY, parseWall } from '../../../platform/wall-clock.ts'
import { type CalendarRules, calendarOf, type OpenDays, openDaysOf } from '../../calendars/index.ts'

/** The business days of a schedule: of all its calendars together. */
export type BusinessDays = OpenDays & {
  /** The calendar whose holidays end first, for who is told of it. */
  endsFirst: { slug: string; name: string; through: string } | null
  /** Slugs that no calendar has. */
  missing: readonly string[]
  /** What the holidays that fall on a day are called: each of another calendar. */
  holidaysOn(day: number): readonly string[]
}

type Calendar = {
  slug: string
  name: string
  through: string | null
  days: OpenDays
  names: ReadonlyMap<number, string>
}

/** By slug and version: calendars are few and change rarely, and whatever reads states asks for them. */
const known = new Map<string, Calendar>()
const combined = new Map<string, BusinessDays>()
const MOST_KNOWN = 500

const remember = <T>(map: Map<string, T>, key: string, value: T): T => {
  if (map.size >= MOST_KNOWN) map.clear()
  map.set(key, value)
  return value
}

/**
 * The business days of each of these schedules as its calendars are now; null for a schedule that has none. The same
 * calendars give the same object, so that thousands of jobs share what is worked out from it.
 */
export const businessDaysOf = async (
  db: Db,
  schedules: readonly JobSchedule[],
): Promise<(s: JobSchedule) => BusinessDays | null> => {
  const slugs = [...new Set(schedules.flatMap((s) => (isByDays(s) ? s.calendars : [])))]
  const calendars = slugs.length === 0 ? new Map<string, Calendar & { key: string }>() : await load(db, slugs)
  return (s) => {
    if (!isByDays(s)) return null
    const of = [...new Set(s.calendars)].flatMap((slug) => calendars.get(slug) ?? [])
    const key = [s.open, ...of.map((c) => c.key), '-', ...s.calendars.filter((slug) => !calendars.has(slug))].join(' ')
    return combined.get(key) ?? remember(combined, key, together(s, of))
  }
}

const load = async (db: Db, slugs: string[]): Promise<Map<string, Calendar & { key: string }>> => {
  const versions = await db
    .selectFrom('calendars')
    .select(['id', 'slug', 'version'])
    .where('slug', 'in', slugs)
    .execute()
  const keyOf = (c: { id: string; version: number }) => `${c.id}@${c.version}`
  const unread = versions.filter((v) => !known.has(keyOf(v))).map((v) => v.id)
  if (unread.length > 0)
    for (const row of await db.selectFrom('calendars').selectAll().where('id', 'in', unread).execute()) {
      const { slug, name, rules } = calendarOf(row)
      remember(known, keyOf(row), {
        slug,
        name,
        through: rules.validThrough,
        days: openDaysOf(rules),
        names: namesOf(rules),
      })
    }
  return new Map(
    versions.flatMap((v) => {
      const calendar = known.get(keyOf(v))
      return calendar ? [[v.slug, { ...calendar, key: keyOf(v) }]] : []
    }),
  )
}

const namesOf = (rules: CalendarRules): Map<number, string> =>
  new Map(rules.exceptions.map(({ date, name }) => [(parseWall(date) ?? 0) / DAY, name]))

const together = (s: ByDays, of: readonly Calendar[]): BusinessDays => {
  const isOpen =
    s.open === 'any'
      ? (day: number) => of.some((c) => c.days.isOpen(day))
      : (day: number) => of.every((c) => c.days.isOpen(day))
  const [first] = of.toSorted((a, b) => a.days.knownThrough - b.days.knownThrough)
  return {
    isOpen,
    isHoliday: (day) => !isOpen(day) && of.some((c) => c.days.isHoliday(day)),
    knownThrough: first?.days.knownThrough ?? Number.POSITIVE_INFINITY,
    endsFirst: first?.through ? { slug: first.slug, name: first.name, through: first.through } : null,
    missing: s.calendars.filter((slug) => !of.some((c) => c.slug === slug)),
    holidaysOn: (day) => [
      ...new Set(of.flatMap((c) => (c.days.isHoliday(day) ? [c.names.get(day) || `Holiday of ${c.name}`] : []))),
    ],
  }
}
