import type { JobSchedule } from '../../../../contract/jobs/schedule.ts'
import { onDays, together } from '../jil/expressions.ts'
import { groupTimes, ranges, type TimeGroup, wallTimeOf } from '../jil/times.ts'
import type { Note } from '../notebook.ts'
import type { CalendarView, CtmCalendars } from './calendars.ts'
import { type CompiledDays, compileDays, type DayTest, daysBetween, type PlainDays } from './days.ts'
import { type CtmJob, noDays } from './shape.ts'
import { cycleTimes, DAY } from './times.ts'

const MS_DAY = 86_400_000
/** What a schedule may have at most: see contract/jobs/schedule.ts. */
const MOST_LINES = 20
const MOST_SIGNS = 1_000
const USE_PARENT = 'USE PARENT'

/** `key` is the same for all that are ordered on the same days. */
export type DaysOf = { kind: 'none' } | { kind: 'inherits' } | { kind: 'days'; compiled: CompiledDays; key: string }
type Found = Exclude<DaysOf, { kind: 'days' }> | { kind: 'days'; compiled: CompiledDays }

export const scheduler = (calendars: CtmCalendars, today: Temporal.PlainDate) => {
  const compiled = new Map<string, DaysOf>()
  const dated = new Map<string, number[]>()
  const written = new Map<string, ReturnType<typeof onDays>>()

  const daysOf = (job: CtmJob): DaysOf => {
    const key = JSON.stringify([job.days, job.rules, job.box === null, calendars.sightOf(job)])
    const found = compiled.get(key)
    if (found) return found
    const made = { ...combine(job, calendars.view(job)), key }
    compiled.set(key, made)
    return made
  }

  /** This year and the next, whole, so that an import of the day after finds the same. */
  const first = today.with({ month: 1, day: 1 })
  const datesOf = (key: string, test: DayTest): number[] => {
    const found = dated.get(key) ?? daysBetween(test, first, first.add({ years: 2 }).subtract({ days: 1 }))
    dated.set(key, found)
    return found
  }

  /** The schedule of a job that is ordered on these days. null where it is too long to be written. */
  const write = (
    job: CtmJob,
    { compiled: days, key }: Extract<DaysOf, { kind: 'days' }>,
    zone: string,
    note: Note,
    noteAll: Note,
  ): JobSchedule | null => {
    const { times, everySeconds } = cycleTimes(job)
    const { plain } = days
    if (everySeconds !== null && (times.length === 0 || (plain && isEveryDay(plain) && !job.timeFrom && !job.timeTo)))
      return { kind: 'period', seconds: Math.max(10, everySeconds) }
    const byDay = Map.groupBy(times, (t) => Math.floor(t / DAY))
    const groups = [...byDay].map(([later, all]) => ({ later, times: all.map((t) => t % DAY) }))
    const asRule = plain && groups.map((g) => plainLines(plain, g.later, g.times))
    const lines = asRule?.every((l) => l !== null) ? asRule.flatMap((l) => l ?? []) : null
    if (lines && fits(lines)) {
      const kind = plain?.both && plain.week && plain.month ? 'oncalendar' : 'cron'
      return { kind, expression: lines.join('\n'), zone }
    }
    const dates = datesOf(key, days.test)
    const now = Date.UTC(today.year, today.month - 1, today.day)
    if ((dates.at(-1) ?? 0) < now - MS_DAY) {
      note('no-day', 'warn', `${job.path.at(-1)}: no day of this year and the next fits its calendars and days.`)
      return null
    }
    const all = groups.map((g) => {
      const name = JSON.stringify([key, zone, g])
      const before = written.get(name)
      if (before !== undefined) return before
      const moved = dates.map((d) => d + g.later * MS_DAY)
      const made = onDays(moved, g.times, zone, now)
      written.set(name, made)
      return made
    })
    const found = together(all)
    if (!found) {
      if (everySeconds !== null && days.plain) return { kind: 'period', seconds: Math.max(10, everySeconds) }
      note(
        'too-many-times',
        'warn',
        `${job.path.at(-1)}: its days and times are more than a schedule can hold. Give it one here.`,
      )
      return null
    }
    if (found.until !== null) {
      const until = Temporal.Instant.fromEpochMilliseconds(found.until).toString().slice(0, 10)
      noteAll(
        'calendar-cut',
        'info',
        `more days than a schedule can hold: they are carried over until ${until}. Import it again before.`,
      )
    }
    return found.schedule
  }

  const ahead = new Map<string, ReadonlySet<number>>()
  /** Its days from today on; the same set for the same days. */
  const datesAhead = ({ compiled: days, key }: Extract<DaysOf, { kind: 'days' }>): ReadonlySet<number> => {
    const from = Date.UTC(today.year, today.month - 1, today.day)
    const found = ahead.get(key) ?? new Set(datesOf(key, days.test).filter((d) => d >= from))
    ahead.set(key, found)
    return found
  }

  return { daysOf, write, datesAhead }
}

const fits = (lines: readonly string[]): boolean =>
  lines.length > 0 && lines.length <= MOST_LINES && lines.join('\n').length <= MOST_SIGNS

export const isEveryDay = ({ week, month, months }: PlainDays): boolean => !week && !month && !months

/** Lines for these times of so many days later; null where only dates say it. */
const plainLines = (days: PlainDays, later: number, times: readonly number[]): string[] | null => {
  if (later > 0 && (days.month || days.months)) return null
  const week = days.week?.map((d) => (d + later) % 7) ?? null
  const months = days.months ? inOrder(days.months, '-') : '*'
  if (days.both && week && days.month) return calendarLines(days.month, months, week, times)
  const month = days.month ? inOrder(days.month, '-') : '*'
  return groupTimes(times).map((g) => `${cronTimes(g)} ${month} ${months} ${week ? inOrder(week, '-') : '*'}`)
}

const inOrder = (numbers: readonly number[], between: string): string =>
  ranges(
    [...new Set(numbers)].sort((a, b) => a - b),
    between,
  )

/** Minutes that fill the hour evenly as a step. */
const cronTimes = ({ hours, minutes }: TimeGroup): string => {
  const by = 60 / minutes.length
  const isEven = minutes.length > 1 && minutes.every((m, at) => m === at * by)
  return `${isEven ? `*/${by}` : ranges(minutes, '-')} ${hours.length === 24 ? '*' : ranges(hours, '-')}`
}

const names = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']

/** cron knows no day that must fit both the month's and the week's days. */
const calendarLines = (month: number[], months: string, week: number[], times: readonly number[]): string[] =>
  times.map(
    (t) =>
      `${week.map((d) => names[d]).join()} *-${months.replaceAll('-', '..')}-${inOrder(month, '..')} ${wallTimeOf(t)}`,
  )

/** Its own days and the rules that it names, as one. */
const combine = (job: CtmJob, calendars: CalendarView): Found => {
  const own = job.days && compileDays(job.days, calendars)
  const hasOwn = job.days !== null && (job.days.never || !isBlank(job))
  const named = job.rules.included.filter((name) => name !== USE_PARENT)
  const rules = named.map((name) => ruleOf(name, calendars))
  const without = job.rules.excluded.map((name) => ruleOf(name, calendars))
  const usesParent = job.rules.included.length > named.length
  if (!hasOwn && rules.length === 0) return job.box && !job.days?.never ? { kind: 'inherits' } : { kind: 'none' }
  if (own && hasOwn && rules.length === 0 && without.length === 0 && !usesParent) return { kind: 'days', compiled: own }
  if (job.days?.never) return { kind: 'none' }
  const [only] = rules
  if (only && rules.length === 1 && without.length === 0 && !hasOwn) return { kind: 'days', compiled: only }
  const all = [...(own && hasOwn ? [own] : []), ...rules, ...without]
  const byRules: DayTest = (day) => rules.some((r) => r.test(day))
  const included: DayTest = (day) => {
    if (!own || !hasOwn) return byRules(day)
    if (rules.length === 0) return own.test(day)
    return job.rules.and ? own.test(day) && byRules(day) : own.test(day) || byRules(day)
  }
  return {
    kind: 'days',
    compiled: {
      plain: null,
      test: (day) => included(day) && !without.some((r) => r.test(day)),
      missing: all.flatMap((r) => r.missing),
      unread: all.flatMap((r) => r.unread),
    },
  }
}

const isBlank = ({ days }: CtmJob): boolean =>
  days === null ||
  (days.dates.length === 0 &&
    !days.weekCalendar &&
    !days.monthCalendar &&
    [...days.week, ...days.month].every((w) => w.trim() === '' || w.toUpperCase() === 'NONE'))

/** A named rule; a calendar of dates serves as one too. */
const ruleOf = (name: string, calendars: CalendarView): CompiledDays => {
  const rule = calendars.rule(name)
  if (rule) return compileDays(rule, calendars)
  if (calendars.dates(name)) return compileDays({ ...noDays, monthCalendar: name }, calendars)
  if (name === 'EVERYDAY') return compileDays({ ...noDays, month: ['ALL'] }, calendars)
  return { plain: null, test: () => false, missing: [name], unread: [] }
}
