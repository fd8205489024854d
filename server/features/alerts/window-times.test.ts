import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Recurrence } from '../../../contract/alerts/silence.ts'
import { lasting, lastsNow } from './window-times.ts'

const at = (text: string) => Temporal.Instant.from(text)

describe('a maintenance', () => {
  const each = (more: Partial<Recurrence>): Recurrence => ({
    zone: 'Europe/London',
    weekdays: [6],
    from: '22:00',
    minutes: 120,
    ...more,
  })
  const from = '2026-01-01T00:00:00Z'
  const window = (recurrence: Recurrence | null, startsAt = from, endsAt: string | null = null) => ({
    startsAt: at(startsAt),
    endsAt: endsAt === null ? null : at(endsAt),
    recurrence,
  })
  it.each<[string, ReturnType<typeof window>, string, string | null]>([
    ['once, before', window(null, '2026-11-28T22:00:00Z', '2026-11-29T00:00:00Z'), '2026-11-28T21:59:59Z', null],
    [
      'once, within',
      window(null, '2026-11-28T22:00:00Z', '2026-11-29T00:00:00Z'),
      '2026-11-28T22:00:00Z',
      '2026-11-29T00:00:00Z',
    ],
    ['once, at its end', window(null, '2026-11-28T22:00:00Z', '2026-11-29T00:00:00Z'), '2026-11-29T00:00:00Z', null],
    ['each Saturday, in winter', window(each({})), '2026-11-28T23:00:00Z', '2026-11-29T00:00:00Z'],
    ['each Saturday, in summer', window(each({})), '2026-07-04T21:30:00Z', '2026-07-04T23:00:00Z'],
    ['each Saturday, on a Friday', window(each({})), '2026-11-27T23:00:00Z', null],
    ['over midnight, on the next day', window(each({ minutes: 600 })), '2026-11-29T07:59:00Z', '2026-11-29T08:00:00Z'],
    [
      'over the hour that is skipped, real minutes',
      window(each({ from: '23:00', minutes: 180 })),
      '2026-03-29T01:30:00Z',
      '2026-03-29T02:00:00Z',
    ],
    [
      'days that touch are one time',
      window(each({ weekdays: [1, 2, 3, 4, 5, 6, 7], from: '00:00', minutes: 1_440 })),
      '2026-11-25T12:00:00Z',
      '2026-12-05T00:00:00Z',
    ],
    ['not before it starts', window(each({}), '2026-12-01T00:00:00Z'), '2026-11-28T23:00:00Z', null],
    [
      'cut off by its end',
      window(each({}), from, '2026-11-28T22:30:00Z'),
      '2026-11-28T22:15:00Z',
      '2026-11-28T22:30:00Z',
    ],
  ])('%s', (_what, w, now, until) => {
    expect(lastsNow(w, at(now))?.to.toString() ?? null).toBe(until)
  })

  it('that recurs says when it begins next', () => {
    expect(lasting(window(each({})), at('2026-11-23T07:00:00Z'))).toEqual({
      from: at('2026-11-28T22:00:00Z'),
      to: at('2026-11-29T00:00:00Z'),
    })
    expect(lasting(window(each({}), from, '2026-11-24T00:00:00Z'), at('2026-11-23T07:00:00Z'))).toBeNull()
  })

  it('that recurs always has a next time, which is not over', () => {
    const zones = fc.constantFrom('Europe/London', 'Australia/Lord_Howe', 'America/Havana', 'UTC')
    const recurrence = fc.record({
      zone: zones,
      weekdays: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 }),
      from: fc.constantFrom('00:00', '00:30', '02:00', '02:15', '12:00', '23:59'),
      minutes: fc.integer({ min: 1, max: 10_080 }),
    })
    const start = at('2026-01-01T00:00:00Z').epochMilliseconds
    fc.assert(
      fc.property(recurrence, fc.integer({ min: 0, max: 365 * 24 * 60 }), (r, minute) => {
        const now = Temporal.Instant.fromEpochMilliseconds(start + minute * 60_000)
        const next = lasting(window(r, '2025-01-01T00:00:00Z'), now)
        expect(next && Temporal.Instant.compare(next.to, now)).toBe(1)
        expect(next && Temporal.Instant.compare(next.from, next.to)).toBe(-1)
      }),
    )
  })
})
