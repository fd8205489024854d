import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JobSchedule } from '../../../../contract/jobs/schedule.ts'
import { readSchedule } from './schedule.ts'

/** Schedules beside something that knows nothing of how they are worked out: the rule by its words, and systemd itself. */

const MINUTE = 60_000
const DAY = 86_400_000
const at = (text: string) => Temporal.Instant.from(text).epochMilliseconds
const show = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms).toString()

/** Nights on which the clock is changed: forward and back, by an hour and by half of one, at midnight, and by a whole day. */
const nights: [zone: string, change: string][] = [
  ['Europe/Berlin', '2026-03-29T01:00:00Z'],
  ['Europe/Berlin', '2026-10-25T01:00:00Z'],
  ['America/New_York', '2026-03-08T07:00:00Z'],
  ['America/New_York', '2026-11-01T06:00:00Z'],
  ['Australia/Lord_Howe', '2026-10-03T15:30:00Z'],
  ['Australia/Lord_Howe', '2027-04-03T15:00:00Z'],
  ['America/Havana', '2026-03-08T05:00:00Z'],
  ['America/Havana', '2026-11-01T05:00:00Z'],
  ['Pacific/Apia', '2011-12-30T10:00:00Z'],
  ['UTC', '2026-02-28T12:00:00Z'],
]
const aNight = fc.constantFrom(...nights)

const timesBetween = (s: JobSchedule, from: number, to: number): string[] => {
  const next = readSchedule(s)
  const found: string[] = []
  for (let ms = next(from - 1); ms !== null && ms < to; ms = next(ms)) found.push(show(ms))
  return found
}

describe('cron beside its rule, minute by minute', () => {
  type Wall = { y: number; mo: number; d: number; h: number; mi: number; dow: number; last: number }
  type Tick = { ms: number; wall: Wall; stamp: number }
  const stampOf = ({ y, mo, d, h, mi }: Wall) => Date.UTC(y, mo - 1, d, h, mi)
  const wallOf = (stamp: number): Wall => {
    const t = new Date(stamp)
    const [y, mo] = [t.getUTCFullYear(), t.getUTCMonth() + 1]
    return {
      y,
      mo,
      d: t.getUTCDate(),
      h: t.getUTCHours(),
      mi: t.getUTCMinutes(),
      dow: t.getUTCDay(),
      last: new Date(Date.UTC(y, mo, 0)).getUTCDate(),
    }
  }
  /** Each minute of real time for a day and a half around the change, with what the wall shows. */
  const around = ([zone, change]: [string, string]): Tick[] =>
    Array.from({ length: 36 * 60 }, (_, n) => {
      const ms = at(change) - 18 * 60 * MINUTE + n * MINUTE
      const z = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone)
      const stamp = Date.UTC(z.year, z.month - 1, z.day, z.hour, z.minute)
      return { ms, wall: wallOf(stamp), stamp }
    })
  const known = new Map(nights.map((night) => [night, around(night)]))

  const inField = (field: string, value: number, from: number, to: number): boolean =>
    field.split(',').some((part) => {
      const [what = '', step = '1'] = part.split('/')
      const [first = '', last = part.includes('/') ? String(to) : first] = what.split('-')
      const [a, b] = what === '*' ? [from, to] : [Number(first), Number(last)]
      return value >= a && value <= b && (value - a) % Number(step) === 0
    })
  /** Nearest working day to the nth of its month, never in another month. */
  const nearest = (w: Wall, nth: number): number => {
    const day = new Date(Date.UTC(w.y, w.mo - 1, nth)).getUTCDay()
    if (day === 6) return nth === 1 ? 3 : nth - 1
    return day === 0 ? (nth === w.last ? nth - 2 : nth + 1) : nth
  }
  const onMonthDay = (field: string, w: Wall): boolean => {
    if (field === 'L') return w.d === w.last
    if (field === 'LW') return w.d === nearest(w, w.last)
    if (field.endsWith('W'))
      return Number(field.slice(0, -1)) <= w.last && w.d === nearest(w, Number(field.slice(0, -1)))
    return inField(field, w.d, 1, 31)
  }
  const onWeekday = (field: string, w: Wall): boolean => {
    const [day = '', nth] = field.split('#')
    if (nth !== undefined) return w.dow === Number(day) % 7 && Math.ceil(w.d / 7) === Number(nth)
    if (field.endsWith('L')) return w.dow === Number(field.slice(0, -1)) % 7 && w.d + 7 > w.last
    return inField(field, w.dow, 0, 7) || (w.dow === 0 && inField(field, 7, 0, 7))
  }
  const names = (fields: string[], w: Wall): boolean => {
    const [minute = '', hour = '', dom = '', month = '', dow = ''] = fields
    if (!inField(minute, w.mi, 0, 59) || !inField(hour, w.h, 0, 23) || !inField(month, w.mo, 1, 12)) return false
    const [a, b] = [onMonthDay(dom, w), onWeekday(dow, w)]
    return dom.startsWith('*') || dow.startsWith('*') ? a && b : a || b
  }

  /**
   * Debian's words: what names neither each minute nor each hour and falls into a gap runs right after it, and once where
   * the clock shows its time twice; all else goes by the new time at once.
   */
  const ruled = (expression: string, night: [string, string]): string[] => {
    const fields = expression.split(' ')
    const ticks = known.get(night) ?? []
    const isFixed = !fields[0]?.startsWith('*') && !fields[1]?.startsWith('*')
    const shown = new Set<number>()
    return ticks.flatMap(({ ms, wall, stamp }, n) => {
      const before = ticks[n - 1]
      const skipped: number[] = []
      if (isFixed && before) for (let s = before.stamp + MINUTE; s < stamp; s += MINUTE) skipped.push(s)
      const isAgain = isFixed && shown.has(stamp)
      shown.add(stampOf(wall))
      const due = (names(fields, wall) && !isAgain) || skipped.some((s) => names(fields, wallOf(s)))
      return due ? [show(ms)] : []
    })
  }

  const number = (from: number, to: number) => fc.integer({ min: from, max: to })
  const field = (from: number, to: number) =>
    fc.oneof(
      { weight: 3, arbitrary: fc.constant('*') },
      { weight: 2, arbitrary: number(2, Math.min(20, to)).map((n) => `*/${n}`) },
      { weight: 4, arbitrary: number(from, to).map(String) },
      fc.uniqueArray(number(from, to), { minLength: 2, maxLength: 4 }).map((all) => all.join(',')),
      fc
        .tuple(number(from, to), number(from, to), number(1, 7))
        .map(([a, b, n]) => `${Math.min(a, b)}-${Math.max(a, b)}${n > 1 ? `/${n}` : ''}`),
    )
  // Half of them in the hours in which clocks are changed.
  const hour = fc.oneof(field(0, 23), fc.constantFrom('0', '1', '2', '3', '1-3', '0,2', '2,14'))
  const monthDay = fc.oneof(
    { weight: 4, arbitrary: fc.constant('*') },
    field(1, 28),
    fc.constantFrom('L', 'LW', '15W', '1W', '29W', '31W', '25W', '8W'),
  )
  const weekday = fc.oneof(
    { weight: 4, arbitrary: fc.constant('*') },
    field(0, 6),
    fc.constantFrom('7', '5-7', '0L', '5L', '7L', '0#4', '6#1', '7#2', '1#1'),
  )
  const line = fc.tuple(field(0, 59), hour, monthDay, fc.oneof(fc.constant('*'), field(1, 12)), weekday)

  it('names the same minutes around each change of the clock', () => {
    fc.assert(
      fc.property(line, aNight, (fields, night) => {
        const expression = fields.join(' ')
        const ticks = known.get(night) ?? []
        const [from, to] = [ticks[0]?.ms ?? 0, (ticks.at(-1)?.ms ?? 0) + MINUTE]
        const s: JobSchedule = { kind: 'cron', expression, zone: night[0] }
        // A gap on the day before the first minute would be seen by one of the two alone.
        expect(timesBetween(s, from, to)).toEqual(ruled(expression, night))
      }),
      { numRuns: 500 },
    )
  })

  it('names the same days, of months of every length', () => {
    const days = Array.from({ length: 1_500 }, (_, n) => at('2026-01-01T00:00:00Z') + n * DAY)
    fc.assert(
      fc.property(monthDay, weekday, (dom, dow) => {
        const fields = ['0', '12', dom, '*', dow]
        const expected = days.filter((ms) => names(fields, wallOf(ms + DAY / 2))).map((ms) => show(ms + DAY / 2))
        const s: JobSchedule = { kind: 'cron', expression: fields.join(' '), zone: 'UTC' }
        expect(timesBetween(s, days[0] ?? 0, (days.at(-1) ?? 0) + DAY)).toEqual(expected)
      }),
      { numRuns: 60 },
    )
  })
})

describe('OnCalendar beside systemd', () => {
  const ITERATIONS = 4
  const two = (n: number) => String(n).padStart(2, '0')
  const number = (from: number, to: number) => fc.integer({ min: from, max: to })
  const field = (from: number, to: number) =>
    fc.oneof(
      { weight: 3, arbitrary: fc.constant('*') },
      { weight: 3, arbitrary: number(from, to).map(two) },
      // Where it could not come a second time, systemd wants no repetition.
      fc.tuple(number(from, to - 2), number(2, 15)).map(([n, by]) => `${two(n)}/${Math.min(by, to - n)}`),
      fc.uniqueArray(number(from, to), { minLength: 2, maxLength: 3 }).map((all) => all.map(two).join(',')),
      fc.tuple(number(from, to), number(from, to)).map(([a, b]) => `${two(Math.min(a, b))}..${two(Math.max(a, b))}`),
    )
  const weekdays = fc.constantFrom('', '', '', 'Mon', 'Sat,Sun', 'Mon..Fri', 'Fri..Sun', 'Tue,Thu..Fri', 'Sun')
  const date = fc.oneof(
    { weight: 3, arbitrary: fc.constant('*-*-*') },
    fc.tuple(field(1, 12), field(1, 31)).map(([m, d]) => `*-${m}-${d}`),
    fc.tuple(field(1, 12), number(1, 7)).map(([m, d]) => `*-${m}~${two(d)}`),
    fc.tuple(number(1, 12), number(3, 7)).map(([m, d]) => `*-${two(m)}~${two(d)}/1`),
  )
  const hour = fc.oneof(field(0, 23), fc.constantFrom('00', '01', '02', '03', '01..03'))
  const event = fc
    .tuple(weekdays, date, hour, field(0, 59), fc.constantFrom('', ':00', ':30', ':00/20'), aNight)
    .map(([days, on, h, m, s, night]) => ({
      night,
      text: [days, on, `${h}:${m}${s}`].filter(Boolean).join(' '),
    }))

  /** What systemd says comes next, for each of these; it writes its times in UTC. */
  const asked = (texts: string[], base: number): string[][] => {
    const said = execFileSync(
      'systemd-analyze',
      ['calendar', `--iterations=${ITERATIONS}`, `--base-time=@${base / 1000}`, ...texts],
      { env: { PATH: process.env.PATH, TZ: 'UTC', LC_ALL: 'C' }, encoding: 'utf8' },
    )
    return said
      .split(/\n\s*\n/)
      .map((block) =>
        [...block.matchAll(/^\s*(?:Next elapse|Iter(?:ation|\.) #\d+): \w{3} (\S+) (\S+) UTC$/gm)].map(
          ([, day, time]) => `${day}T${time}Z`,
        ),
      )
  }

  it('comes when systemd says it does, around each change of the clock', () => {
    const events = fc.sample(event, { numRuns: 400, seed: 20_261_025 })
    for (const [night, of] of Map.groupBy(events, (e) => e.night)) {
      const [zone, change] = night
      const base = at(change) - 14 * 60 * MINUTE
      const expected = asked(
        of.map(({ text }) => `${text} ${zone}`),
        base,
      )
      const found = of.map(({ text }) => {
        const next = readSchedule({ kind: 'oncalendar', expression: text, zone })
        const times: string[] = []
        for (let ms = next(base); ms !== null && times.length < ITERATIONS; ms = next(ms)) times.push(show(ms))
        return times
      })
      expect(of.map(({ text }, n) => [zone, text, found[n]])).toEqual(
        of.map(({ text }, n) => [zone, text, expected[n]]),
      )
    }
  })
})
