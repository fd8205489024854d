import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { reviseRotation } from './revise.ts'
import type { Rotation, RotationPattern } from './schedule-rules.ts'
import { onCallAt, renderShifts } from './timeline.ts'

const instant = (text: string) => Temporal.Instant.from(text)
const zone = 'Europe/London'
const rotation = (change: Partial<RotationPattern> = {}): Rotation => ({
  id: 'r',
  name: 'Primary',
  effectiveUntil: null,
  versions: [
    {
      effectiveFrom: instant('2026-01-01T00:00Z'),
      kind: 'weekly',
      every: 1,
      startsAt: '2026-06-01T09:00',
      participants: ['ann', 'ben', 'cem'],
      startPosition: 0,
      restrictions: [],
      ...change,
    },
  ],
})
const alone = (layer: Rotation) => ({ zone, layers: [layer], overrides: [] })
const shifts = (layer: Rotation, from: string, to: string) =>
  renderShifts(alone(layer), instant(from), instant(to)).final.map((shift) => `${shift.from} ${shift.userId}`)

describe('an edit', () => {
  const wednesday = instant('2026-06-10T12:00Z')
  it.each<[string, Partial<RotationPattern>, string[]]>([
    [
      'adds at the end',
      { participants: ['ann', 'ben', 'cem', 'dee'] },
      ['06-08 ben', '06-15 cem', '06-22 dee', '06-29 ann'],
    ],
    [
      'adds in front',
      { participants: ['dee', 'ann', 'ben', 'cem'] },
      ['06-08 ben', '06-15 cem', '06-22 dee', '06-29 ann'],
    ],
    ['removes another', { participants: ['ben', 'cem'] }, ['06-08 ben', '06-15 cem', '06-22 ben', '06-29 cem']],
    [
      'removes the one on call: the next takes over',
      { participants: ['ann', 'cem'] },
      ['06-08 ben', '06-10 cem', '06-15 ann', '06-22 cem', '06-29 ann'],
    ],
    ['removes all', { participants: [] }, ['06-08 ben']],
    [
      'puts others in',
      { participants: ['dee', 'eve'] },
      ['06-08 ben', '06-10 dee', '06-15 eve', '06-22 dee', '06-29 eve'],
    ],
    ['lets turns take two weeks', { every: 2 }, ['06-08 ben', '06-15 cem', '06-29 ann']],
    [
      'moves the hand-over to Friday',
      { startsAt: '2026-06-12T17:00' },
      ['06-08 ben', '06-12 cem', '06-19 ann', '06-26 ben', '07-03 cem'],
    ],
  ])('that %s', (_name, change, expected) => {
    const revised = reviseRotation(zone, rotation(), change, wednesday)
    const from = '2026-06-08T08:00Z'
    expect(
      shifts(revised, from, '2026-07-06T08:00Z').map((text) => `${text.slice(5, 10)} ${text.split(' ')[1]}`),
    ).toEqual(expected)
  })

  it('of an empty rotation begins with the first', () => {
    const revised = reviseRotation(zone, rotation({ participants: [] }), { participants: ['dee', 'eve'] }, wednesday)
    expect(shifts(revised, '2026-06-08T08:00Z', '2026-06-16T00:00Z')).toEqual([
      '2026-06-10T12:00:00Z dee',
      '2026-06-15T08:00:00Z eve',
    ])
  })

  it('of somebody with two turns goes on after the one that runs', () => {
    const twice = rotation({ participants: ['ann', 'ben', 'ann', 'cem'] })
    const third = instant('2026-06-17T12:00Z')
    const revised = reviseRotation(zone, twice, { participants: ['ann', 'ben', 'ann', 'cem', 'dee'] }, third)
    expect(shifts(revised, '2026-06-15T08:00Z', '2026-06-30T00:00Z')).toEqual([
      '2026-06-15T08:00:00Z ann',
      '2026-06-22T08:00:00Z cem',
      '2026-06-29T08:00:00Z dee',
    ])
  })

  it('before the rotation has begun leaves its beginning', () => {
    const revised = reviseRotation(zone, rotation(), { participants: ['dee', 'ann'] }, instant('2025-12-01T00:00Z'))
    expect(revised.versions).toMatchObject([
      { effectiveFrom: instant('2026-01-01T00:00Z'), participants: ['dee', 'ann'], startPosition: 0 },
    ])
  })

  it('replaces what was planned for later', () => {
    const planned = reviseRotation(zone, rotation(), { participants: ['dee'] }, instant('2026-07-01T00:00Z'))
    const revised = reviseRotation(zone, planned, { participants: ['ann', 'ben'] }, wednesday)
    expect(revised.versions.map(({ participants }) => participants)).toEqual([
      ['ann', 'ben', 'cem'],
      ['ann', 'ben'],
    ])
  })

  it('of a rotation without a version is refused', () => {
    expect(() => reviseRotation(zone, { ...rotation(), versions: [] }, {}, wednesday)).toThrow(/no version/)
  })
})

describe('any edits', () => {
  const user = fc.constantFrom('ann', 'ben', 'cem', 'dee', 'eve')
  const change = fc.record(
    {
      participants: fc.array(user, { maxLength: 5 }),
      kind: fc.constantFrom('hourly', 'daily', 'weekly', 'monthly'),
      every: fc.integer({ min: 1, max: 30 }),
      startsAt: fc.constantFrom('2026-02-28T08:30', '2026-06-12T17:00', '2027-01-31T00:00'),
    },
    { requiredKeys: [] },
  )
  const hours = fc.integer({ min: 1, max: 5000 })

  it('leave the past as it was, and whoever is on call and stays listed on call', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(change, hours), { minLength: 1, maxLength: 4 }), (edits) => {
        let current = rotation()
        let at = instant('2026-01-10T00:00Z')
        const start = instant('2025-12-01T00:00Z')
        for (const [edit, later] of edits) {
          at = at.add({ hours: later })
          const revised = reviseRotation(zone, current, edit, at)
          expect(renderShifts(alone(revised), start, at)).toEqual(renderShifts(alone(current), start, at))
          const [before] = onCallAt(alone(current), at)
          const [after] = onCallAt(alone(revised), at)
          const listed = revised.versions.at(-1)?.participants ?? []
          if (before && listed.includes(before.userId)) expect(after?.userId).toBe(before.userId)
          else expect(after !== undefined).toBe(listed.length > 0)
          current = revised
        }
      }),
      { numRuns: 150 },
    )
  })
})
