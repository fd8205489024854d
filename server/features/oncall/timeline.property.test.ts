import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Override, Restriction, Rotation, RotationVersion, Schedule } from './schedule-rules.ts'
import { gaps, nextHandover, onCallAt, renderShifts } from './timeline.ts'

/** Zone and an instant near which the clock changes (or, in the last, nothing does). */
const changes = [
  ['Europe/London', '2026-03-29T01:00Z'],
  ['Europe/London', '2026-10-25T01:00Z'],
  ['America/Chicago', '2026-03-08T08:00Z'],
  ['America/Chicago', '2026-11-01T07:00Z'],
  ['Australia/Lord_Howe', '2026-04-04T15:00Z'],
  ['Australia/Lord_Howe', '2026-10-03T15:30Z'],
  ['America/Santiago', '2026-09-06T04:00Z'],
  ['UTC', '2026-06-01T00:00Z'],
] as const

// The slow and simple reading of the rules, one instant at a time, by Temporal alone.

function beginning(zone: string, local: Temporal.PlainDateTime): number {
  const first = local.toZonedDateTime(zone, { disambiguation: 'earlier' })
  if (first.toPlainDateTime().equals(local)) return first.epochMilliseconds
  return first.getTimeZoneTransition('next')?.epochMilliseconds ?? Number.NaN
}

function ending(zone: string, local: Temporal.PlainDateTime): number {
  return beginningOfLast(zone, local.subtract({ minutes: 1 })) ?? beginning(zone, local)
}

/** A minute after the last showing of `local`; null when the clock skips it. */
function beginningOfLast(zone: string, local: Temporal.PlainDateTime): number | null {
  const last = local.toZonedDateTime(zone, { disambiguation: 'later' })
  return last.toPlainDateTime().equals(local) ? last.epochMilliseconds + 60_000 : null
}

function restricted(zone: string, restrictions: readonly Restriction[], at: number): boolean {
  if (restrictions.length === 0) return true
  const today = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate()
  return [-2, -1, 0, 1].some((days) => {
    const date = today.add({ days })
    return restrictions.some(({ weekdays, from, to }) => {
      if (!weekdays.includes(date.dayOfWeek)) return false
      const end = to === '24:00' ? '00:00' : to
      const endDate = to === '24:00' || to <= from ? date.add({ days: 1 }) : date
      const span = [beginning(zone, date.toPlainDateTime(from)), ending(zone, endDate.toPlainDateTime(end))] as const
      return span[0] <= at && at < span[1]
    })
  })
}

function participantAt(zone: string, version: RotationVersion, at: number): string | null {
  const { kind, every, startsAt, participants, startPosition, restrictions } = version
  if (participants.length === 0 || !restricted(zone, restrictions, at)) return null
  const unit = { hourly: 'hours', daily: 'days', weekly: 'weeks', monthly: 'months' }[kind]
  const start = Temporal.PlainDateTime.from(startsAt)
  const begins = (turn: number) => beginning(zone, start.add({ [unit]: turn * every }))
  let turn = 0
  while (begins(turn + 1) <= at) turn++
  while (begins(turn) > at) turn--
  const size = participants.length
  return participants[(((startPosition + turn) % size) + size) % size] ?? null
}

function rotationAt(zone: string, { versions, effectiveUntil }: Rotation, at: number): string | null {
  const version = versions.findLast(({ effectiveFrom }) => effectiveFrom.epochMilliseconds <= at)
  if (version === undefined || (effectiveUntil && effectiveUntil.epochMilliseconds <= at)) return null
  return participantAt(zone, version, at)
}

/** Who is on call, as `user source`, sorted. */
function expectedAt({ zone, layers, overrides }: Schedule, at: number): string[] {
  const users = layers.map((rotation) => ({ userId: rotationAt(zone, rotation, at), source: rotation.id }))
  const added: typeof users = []
  for (const { id, from, to, add, remove } of overrides) {
    if (at < from.epochMilliseconds || at >= to.epochMilliseconds) continue
    if (remove === null) added.push({ userId: add, source: id })
    else
      for (const each of [...users, ...added])
        if (each.userId === remove) Object.assign(each, { userId: add, source: id })
  }
  const top = users.findLast(({ userId }) => userId !== null)
  const final = new Map<string, string>()
  for (const { userId, source } of top ? [top, ...added] : added) {
    if (userId !== null && !final.has(userId)) final.set(userId, source)
  }
  return [...final].map(([userId, source]) => `${userId} ${source}`).sort()
}

// Schedules near a change of the clock.

const quarter = fc
  .integer({ min: 0, max: 95 })
  .map((n) => `${String(n >> 2).padStart(2, '0')}:${['00', '15', '30', '45'][n & 3]}`)
const user = fc.constantFrom('ann', 'ben', 'cem', 'dee')
const near = (centre: string) =>
  fc.integer({ min: -300, max: 300 }).map((quarters) => Temporal.Instant.from(centre).add({ minutes: quarters * 15 }))
const restriction = fc.record({
  weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 }),
  from: quarter,
  to: fc.oneof(quarter, fc.constant('24:00')),
})
const versionNear = (centre: string) =>
  fc.record({
    effectiveFrom: near(centre),
    kind: fc.constantFrom('hourly', 'daily', 'weekly', 'monthly'),
    every: fc.integer({ min: 1, max: 5 }),
    startsAt: fc.tuple(fc.integer({ min: -40, max: 10 }), quarter).map(([days, time]) => {
      const date = Temporal.Instant.from(centre).toZonedDateTimeISO('UTC').toPlainDate().add({ days })
      return `${date}T${time}`
    }),
    participants: fc.array(user, { maxLength: 4 }),
    startPosition: fc.constant(0),
    restrictions: fc.array(restriction, { maxLength: 2 }),
  })
const scheduleNear = (zone: string, centre: string): fc.Arbitrary<Schedule> => {
  const versions = fc
    .uniqueArray(versionNear(centre), {
      minLength: 1,
      maxLength: 3,
      selector: ({ effectiveFrom }) => `${effectiveFrom}`,
    })
    .map((list) => list.sort((a, b) => Temporal.Instant.compare(a.effectiveFrom, b.effectiveFrom)))
    .map(([first, ...rest]) => [{ ...first, effectiveFrom: Temporal.Instant.from('2000-01-01T00:00Z') }, ...rest])
  const layer = fc.record({ versions, effectiveUntil: fc.option(near(centre), { freq: 4 }) })
  const override = fc.record({
    from: near(centre),
    hours: fc.integer({ min: 1, max: 90 }),
    add: fc.option(user),
    remove: fc.option(user),
  })
  return fc.record({
    zone: fc.constant(zone),
    layers: fc
      .array(layer, { maxLength: 3 })
      .map((list) => list.map((each, i) => ({ ...each, id: `layer${i}`, name: `Layer ${i}` })) as Rotation[]),
    overrides: fc
      .array(override, { maxLength: 4 })
      .map((list) =>
        list
          .filter(({ add, remove }) => add !== remove)
          .map(
            ({ from, hours, ...who }, i): Override => ({ ...who, id: `override${i}`, from, to: from.add({ hours }) }),
          ),
      ),
  })
}

describe.each(changes)('%s around %s', (zone, centre) => {
  const from = Temporal.Instant.from(centre).subtract({ hours: 36 })
  const to = Temporal.Instant.from(centre).add({ hours: 36 })
  const name = ({ userId, source }: { userId: string; source: { id: string } }) => `${userId} ${source.id}`

  it('agrees with the rules read one instant at a time', () => {
    fc.assert(
      fc.property(
        scheduleNear(zone, centre),
        fc.array(fc.integer({ min: 0, max: 4319 }), { minLength: 12, maxLength: 12 }),
        (schedule, minutes) => {
          const { final } = renderShifts(schedule, from, to)
          const holes = gaps(schedule, from, to)
          for (const minute of minutes) {
            const at = from.add({ minutes: minute })
            const holds = (span: { from: Temporal.Instant; to: Temporal.Instant }) =>
              Temporal.Instant.compare(span.from, at) <= 0 && Temporal.Instant.compare(at, span.to) < 0
            const expected = expectedAt(schedule, at.epochMilliseconds)
            expect(final.filter(holds).map(name).sort()).toEqual(expected)
            expect(holes.some(holds)).toBe(expected.length === 0)
          }
        },
      ),
      { numRuns: 60 },
    )
  })

  it('shows shifts in order, none empty, two at a time only by an override that adds', () => {
    fc.assert(
      fc.property(scheduleNear(zone, centre), (schedule) => {
        const { layers, final } = renderShifts(schedule, from, to)
        for (const list of [final, ...layers.map(({ shifts }) => shifts)]) {
          for (const [i, shift] of list.entries()) {
            expect(Temporal.Instant.compare(shift.from, shift.to)).toBeLessThan(0)
            const last = list[i - 1]
            if (last) expect(Temporal.Instant.compare(last.from, shift.from)).toBeLessThanOrEqual(0)
          }
        }
        const beside = schedule.overrides.filter(({ remove }) => remove === null).length
        const single =
          beside === 0 ? [final, ...layers.map(({ shifts }) => shifts)] : layers.map(({ shifts }) => shifts)
        for (const list of single) {
          for (const [i, shift] of list.entries()) {
            const last = list[i - 1]
            if (last) expect(Temporal.Instant.compare(last.to, shift.from)).toBeLessThanOrEqual(0)
          }
        }
      }),
      { numRuns: 60 },
    )
  })

  it('tells the same at an instant as over a time, and hands over where the people change', () => {
    fc.assert(
      fc.property(scheduleNear(zone, centre), fc.integer({ min: 0, max: 4319 }), (schedule, minute) => {
        const at = from.add({ minutes: minute })
        const { final } = renderShifts(schedule, from, to)
        const now = onCallAt(schedule, at)
        const edge = (edgeAt: Temporal.Instant | null, limit: Temporal.Instant, sign: number) =>
          edgeAt === null || Temporal.Instant.compare(edgeAt, limit) * sign > 0 ? limit : edgeAt
        const cut = now.map((each) => `${name(each)} ${edge(each.from, from, -1)} ${edge(each.to, to, 1)}`)
        const shown = final
          .filter((each) => Temporal.Instant.compare(each.from, at) <= 0 && Temporal.Instant.compare(at, each.to) < 0)
          .map((each) => `${name(each)} ${each.from} ${each.to}`)
        expect(cut.sort()).toEqual(shown.sort())

        const next = nextHandover(schedule, at)
        const users = (each: Temporal.Instant) =>
          [...new Set(onCallAt(schedule, each).map(({ userId }) => userId))].sort()
        if (next === null) return
        expect(Temporal.Instant.compare(at, next.at)).toBeLessThan(0)
        expect(next.before).toEqual(users(at))
        expect(next.before).toEqual(users(next.at.subtract({ milliseconds: 1 })))
        expect(next.after).toEqual(users(next.at))
        expect(next.after).not.toEqual(next.before)
      }),
      { numRuns: 40 },
    )
  })
})
