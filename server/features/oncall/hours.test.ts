import { describe, expect, it } from 'vitest'
import { gapsByHours } from './hours.ts'
import type { Override, Restriction, Rotation, Schedule } from './schedule-rules.ts'

const instant = (text: string) => Temporal.Instant.from(text)
const layer = (
  id: string,
  participants: string[],
  restrictions: Restriction[] = [],
  effectiveFrom = '2026-01-01T00:00Z',
): Rotation => ({
  id,
  name: id,
  effectiveUntil: null,
  versions: [
    {
      effectiveFrom: instant(effectiveFrom),
      kind: 'weekly',
      every: 1,
      startsAt: '2026-11-23T07:00',
      participants,
      startPosition: 0,
      restrictions,
    },
  ],
})
const office = [{ weekdays: [1, 2, 3, 4, 5], from: '07:00', to: '19:00' }]
const off = (from: string, to: string): Override => ({
  id: 'o',
  from: instant(from),
  to: instant(to),
  add: null,
  remove: 'ann',
})
const schedule = (layers: Rotation[], overrides: Override[] = []): Schedule => ({
  zone: 'Europe/London',
  layers,
  overrides,
})
// Monday until Wednesday
const told = (s: Schedule) =>
  gapsByHours(s, instant('2026-11-23T00:00Z'), instant('2026-11-25T00:00Z')).map(
    (g) => `${g.from.toString().slice(8, 16)} ${g.to.toString().slice(8, 16)} ${g.outsideHours ? 'outside' : 'nobody'}`,
  )

describe('a gap', () => {
  it.each<[string, Schedule, string[]]>([
    ['is not there while somebody is', schedule([layer('week', ['ann'])]), []],
    [
      'lies outside the hours that no layer means to cover',
      schedule([layer('office', ['ann'], office)]),
      ['23T00:00 23T07:00 outside', '23T19:00 24T07:00 outside', '24T19:00 25T00:00 outside'],
    ],
    [
      'is cut where the hours begin',
      schedule([layer('office', ['ann'], office)], [off('2026-11-23T17:00Z', '2026-11-24T09:00Z')]),
      [
        '23T00:00 23T07:00 outside',
        '23T17:00 23T19:00 nobody',
        '23T19:00 24T07:00 outside',
        '24T07:00 24T09:00 nobody',
        '24T19:00 25T00:00 outside',
      ],
    ],
    ['is one where a layer has nobody', schedule([layer('week', [])]), ['23T00:00 25T00:00 nobody']],
    [
      'is none before the schedule began',
      schedule([layer('week', [], [], '2026-11-24T12:00Z')]),
      ['24T12:00 25T00:00 nobody'],
    ],
    ['of a schedule without layers is none', schedule([]), []],
  ])('%s', (_name, s, expected) => expect(told(s)).toEqual(expected))
})
