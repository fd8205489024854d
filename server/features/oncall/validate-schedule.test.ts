import { expect, it } from 'vitest'
import type { Override, Rotation, RotationVersion, Schedule } from './schedule-rules.ts'
import { validateSchedule } from './validate-schedule.ts'

const instant = (text: string) => Temporal.Instant.from(text)
const version: RotationVersion = {
  effectiveFrom: instant('2026-01-01T00:00Z'),
  kind: 'weekly',
  every: 1,
  startsAt: '2026-01-05T09:00',
  participants: ['ann', 'ben'],
  startPosition: 0,
  restrictions: [{ weekdays: [1, 7], from: '22:00', to: '06:00' }],
}
const rotation: Rotation = { id: 'r', name: 'Primary', versions: [version], effectiveUntil: null }
const override: Override = {
  id: 'o',
  from: instant('2026-01-01T00:00Z'),
  to: instant('2026-01-02T00:00Z'),
  add: 'ann',
  remove: null,
}
const good: Schedule = { zone: 'Europe/London', layers: [rotation], overrides: [override] }

it('has nothing to say about a good schedule', () => {
  expect(validateSchedule(good)).toEqual([])
  const empty = { ...rotation, versions: [{ ...version, participants: [] }] }
  expect(validateSchedule({ ...good, layers: [empty] })).toEqual([])
})

const having = (change: Partial<RotationVersion>) => ({
  layers: [{ ...rotation, versions: [{ ...version, ...change }] }],
})
const restricted = (weekdays: number[], from: string, to: string) => having({ restrictions: [{ weekdays, from, to }] })
it.each<[Partial<Schedule>, string]>([
  [{ zone: 'London' }, 'Time zone: "London" is not known. Use a name such as Europe/London.'],
  [having({ every: 0 }), 'Rotation Primary: the length of a turn is 0. Use a whole number from 1 to 1000.'],
  [having({ every: 1001 }), 'Rotation Primary: the length of a turn is 1001. Use a whole number from 1 to 1000.'],
  [
    having({ startsAt: '2026-01-05' }),
    'Rotation Primary: the first hand-over "2026-01-05" is not a date and time. Write it as YYYY-MM-DDTHH:MM.',
  ],
  [
    having({ startPosition: 2 }),
    'Rotation Primary: the start position is 2. Use 0 to 1, a place among the participants.',
  ],
  [
    restricted([], '09:00', '17:00'),
    'Rotation Primary: a restriction has no weekday. Choose at least one, or remove the restriction.',
  ],
  [restricted([8], '09:00', '17:00'), 'Rotation Primary: 8 is not a weekday. Use 1 (Monday) to 7 (Sunday).'],
  [restricted([1], '24:00', '17:00'), 'Rotation Primary: "24:00" is not a time. Write it as HH:MM.'],
  [restricted([1], '09:00', '5pm'), 'Rotation Primary: "5pm" is not a time. Write it as HH:MM, or 24:00 for midnight.'],
  [
    { layers: [{ ...rotation, versions: [] }] },
    'Rotation Primary: it has no hand-overs. Say who takes turns, how long, and from when.',
  ],
  [
    { layers: [{ ...rotation, effectiveUntil: version.effectiveFrom }] },
    'Rotation Primary: it ends before it begins. Choose a later end.',
  ],
  [
    { layers: [{ ...rotation, versions: [version, version] }] },
    'Rotation Primary: its versions are not in order at 2026-01-01T00:00:00Z. Each must begin after the one before.',
  ],
  [{ overrides: [{ ...override, to: override.from }] }, 'Override: it ends before it begins. Choose a later end.'],
  [
    { overrides: [{ ...override, add: null }] },
    'Override: it changes nobody. Say who comes on call, goes off, or both.',
  ],
  [
    { overrides: [{ ...override, remove: 'ann' }] },
    'Override: the same person comes on call and goes off. Choose two people.',
  ],
])('%#', (change, sentence) => expect(validateSchedule({ ...good, ...change })).toEqual([sentence]))
