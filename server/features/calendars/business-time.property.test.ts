import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addBusiness, businessElapsed } from './business-time.ts'
import type { CalendarRules } from './calendar-rules.ts'
import { isOpen, openIntervals } from './open-hours.ts'

const HOUR = 3_600_000

/**
 * The slow and simple reading of the calendar rules that the tests compare with: every minute of some days is asked
 * for what the clock shows (by Temporal alone), and a span of hours is open from the first minute at which the clock
 * shows its beginning or later to the last at which it shows less than its end.
 */
function minutesOf(zone: string, firstDate: string, days: number): { start: number; shown: string[] } {
  const start = Temporal.PlainDate.from(firstDate).toZonedDateTime('UTC').epochMilliseconds
  const shown: string[] = []
  for (let i = 0; i < days * 1440; i++) {
    const at = Temporal.Instant.fromEpochMilliseconds(start + i * 60_000).toZonedDateTimeISO(zone)
    shown.push(at.toPlainDateTime().toString({ smallestUnit: 'minute' }))
  }
  return { start, shown }
}

/** For each minute whether the calendar is open. */
function openMinutes(rules: CalendarRules, { shown }: { shown: string[] }): boolean[] {
  const open = shown.map(() => false)
  const dates: Temporal.PlainDate[] = []
  const last = Temporal.PlainDate.from((shown.at(-1) as string).slice(0, 10))
  for (let date = Temporal.PlainDate.from((shown[0] as string).slice(0, 10)); ; date = date.add({ days: 1 })) {
    dates.push(date)
    if (date.equals(last)) break
  }
  for (const date of dates) {
    const text = date.toString()
    const exception = rules.exceptions.find((each) => each.date === text)
    for (const { from, to } of exception?.open ?? rules.weekly.filter(({ day }) => day === date.dayOfWeek)) {
      const begin = `${text}T${from}`
      const end = to === '24:00' ? `${date.add({ days: 1 })}T00:00` : `${text}T${to}`
      const first = shown.findIndex((each) => each >= begin)
      const final = shown.findLastIndex((each) => each < end)
      if (first >= 0) for (let i = first; i <= final; i++) open[i] = true
    }
  }
  return open
}

/** Zone, first date and number of days around a change of the clock. */
const changes = [
  ['Europe/London', '2026-03-26', 7],
  ['Europe/London', '2026-10-22', 7],
  ['Australia/Lord_Howe', '2026-04-02', 7],
  ['Australia/Lord_Howe', '2026-10-01', 7],
  ['America/Santiago', '2026-04-02', 7],
  ['America/Santiago', '2026-09-03', 7],
  ['Asia/Beirut', '2026-03-26', 7],
  ['America/Sao_Paulo', '2018-11-01', 7],
  ['America/Havana', '2026-10-29', 7],
  ['America/St_Johns', '2010-11-04', 7],
  ['Pacific/Apia', '2011-12-27', 7],
] as const

const clock = fc.integer({ min: 0, max: 96 }).map((quarters) => quarters * 15)
const text = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
const hours = fc
  .tuple(clock, clock)
  .filter(([a, b]) => a !== b)
  .map(([a, b]) => ({ from: text(Math.min(a, b)), to: text(Math.max(a, b)) }))
const rulesFor = (zone: string, firstDate: string) =>
  fc.record({
    zone: fc.constant(zone),
    weekly: fc.array(
      fc.tuple(fc.integer({ min: 1, max: 7 }), hours).map(([day, each]) => ({ day, ...each })),
      { maxLength: 14 },
    ),
    exceptions: fc.uniqueArray(
      fc.record({
        date: fc.integer({ min: 0, max: 6 }).map((days) => Temporal.PlainDate.from(firstDate).add({ days }).toString()),
        open: fc.array(hours, { maxLength: 2 }),
        name: fc.constant('x'),
      }),
      { maxLength: 2, selector: (exception) => exception.date },
    ),
    validThrough: fc.constant(null),
  })

describe.each(changes)('%s from %s', (zone, firstDate, days) => {
  // A day more on both sides, so that every span of the tested days is complete.
  const minutes = minutesOf(zone, Temporal.PlainDate.from(firstDate).subtract({ days: 2 }).toString(), days + 4)
  const at = (minute: number) => Temporal.Instant.fromEpochMilliseconds(minutes.start + minute * 60_000)
  const minute = fc.integer({ min: 2880, max: (days + 2) * 1440 })

  it('agrees with counting minute by minute', () => {
    fc.assert(
      fc.property(rulesFor(zone, firstDate), minute, minute, (rules, a, b) => {
        const open = openMinutes(rules, minutes)
        const [from, to] = [Math.min(a, b), Math.max(a, b)]
        const counted = open.slice(from, to).filter(Boolean).length
        expect(businessElapsed(rules, at(from), at(to))).toBe(counted * 60_000)
        expect(businessElapsed(rules, at(to), at(from)) + counted * 60_000).toBe(0)
        expect(isOpen(rules, at(a))).toBe(open[a])
        const drawn = open.map(() => false)
        for (const span of openIntervals(rules, at(from), at(to))) {
          const [first, last] = [span.from, span.to].map((each) => (each.epochMilliseconds - minutes.start) / 60_000)
          expect(drawn[(first as number) - 1] || drawn[first as number]).toBe(false)
          drawn.fill(true, first, last)
        }
        expect(drawn).toEqual(open.map((each, i) => each && i >= from && i < to))
      }),
      { numRuns: 60 },
    )
  })

  it('adds up, turns back, and never runs backwards', () => {
    const length = fc.integer({ min: 1, max: 200 * HOUR })
    fc.assert(
      fc.property(rulesFor(zone, firstDate), minute, minute, minute, length, length, (rules, a, b, c, ms, more) => {
        const elapsed = (x: number, y: number) => businessElapsed(rules, at(x), at(y))
        expect(elapsed(a, b) + elapsed(b, c)).toBe(elapsed(a, c))
        const first = addBusiness(rules, at(a), ms)
        const second = addBusiness(rules, at(a), ms + more)
        const later = addBusiness(rules, at(Math.max(a, b)), ms)
        if (first.kind === 'never') {
          expect(rules.weekly).toEqual([])
          return
        }
        expect(businessElapsed(rules, at(a), first.at)).toBe(ms)
        expect(businessElapsed(rules, at(a), first.at.subtract({ milliseconds: 1 }))).toBe(ms - 1)
        if (second.kind === 'at') expect(Temporal.Instant.compare(first.at, second.at)).toBeLessThan(0)
        if (later.kind === 'at') expect(Temporal.Instant.compare(first.at, later.at)).toBeLessThanOrEqual(0)
      }),
      { numRuns: 60 },
    )
  })

  it('adding a holiday never makes anything due earlier', () => {
    const holiday = fc
      .integer({ min: 0, max: 6 })
      .map((n) => Temporal.PlainDate.from(firstDate).add({ days: n }).toString())
    fc.assert(
      fc.property(
        rulesFor(zone, firstDate),
        holiday,
        minute,
        fc.integer({ min: 1, max: 100 * HOUR }),
        (rules, date, a, ms) => {
          const exceptions = [
            ...rules.exceptions.filter((each) => each.date !== date),
            { date, open: [], name: 'holiday' },
          ]
          const before = addBusiness(rules, at(a), ms)
          const after = addBusiness({ ...rules, exceptions }, at(a), ms)
          if (before.kind === 'never') expect(after.kind).toBe('never')
          else if (after.kind === 'at') expect(Temporal.Instant.compare(before.at, after.at)).toBeLessThanOrEqual(0)
        },
      ),
      { numRuns: 40 },
    )
  })
})
