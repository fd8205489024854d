import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changesBetween } from './changes.ts'
import type { Shift } from './schedule-rules.ts'

const instant = (hour: number) => Temporal.Instant.from('2026-11-23T00:00Z').add({ hours: hour })
const source = { kind: 'rotation', id: 'r', name: 'Week', inPlaceOf: null } as const
const shift = (userId: string, from: number, to: number): Shift => ({
  userId,
  source,
  from: instant(from),
  to: instant(to),
})
const told = (before: Shift[], after: Shift[]) =>
  changesBetween(before, after).map(
    (c) =>
      `${c.from.since(instant(0)).total('hours')}–${c.to.since(instant(0)).total('hours')} ${c.before.join('+') || 'nobody'} → ${c.after.join('+') || 'nobody'}`,
  )

describe('changes', () => {
  it.each<[string, Shift[], Shift[], string[]]>([
    ['none', [shift('ann', 0, 9)], [shift('ann', 0, 5), shift('ann', 5, 9)], []],
    [
      'another for a while',
      [shift('ann', 0, 9)],
      [shift('ann', 0, 3), shift('ben', 3, 5), shift('ann', 5, 9)],
      ['3–5 ann → ben'],
    ],
    ['nobody any more', [shift('ann', 0, 9)], [shift('ann', 0, 3)], ['3–9 ann → nobody']],
    ['one beside', [shift('ann', 0, 9)], [shift('ann', 0, 9), shift('ben', 2, 4)], ['2–4 ann → ann+ben']],
    [
      'two after each other',
      [shift('ann', 0, 4), shift('ben', 4, 9)],
      [shift('cem', 0, 9)],
      ['0–4 ann → cem', '4–9 ben → cem'],
    ],
    ['from nothing', [], [shift('ann', 0, 2)], ['0–2 nobody → ann']],
  ])('%s', (_name, before, after, expected) => expect(told(before, after)).toEqual(expected))

  it('are exactly where others are on call', () => {
    const line = fc
      .array(
        fc.tuple(fc.constantFrom('ann', 'ben', 'cem'), fc.integer({ min: 0, max: 30 }), fc.integer({ min: 1, max: 9 })),
        {
          maxLength: 6,
        },
      )
      .map((list) => list.map(([user, from, hours]) => shift(user, from, from + hours)))
    const at = (list: Shift[], hour: number) =>
      [
        ...new Set(
          list
            .filter(
              (s) =>
                !Temporal.Instant.compare(s.from, instant(hour)) || Temporal.Instant.compare(s.from, instant(hour)) < 0,
            )
            .filter((s) => Temporal.Instant.compare(instant(hour), s.to) < 0)
            .map((s) => s.userId),
        ),
      ].sort()
    fc.assert(
      fc.property(line, line, (before, after) => {
        const changes = changesBetween(before, after)
        for (let hour = 0; hour < 40; hour++) {
          const here = changes.filter(
            (c) =>
              Temporal.Instant.compare(c.from, instant(hour)) <= 0 && Temporal.Instant.compare(instant(hour), c.to) < 0,
          )
          const differs = at(before, hour).join() !== at(after, hour).join()
          expect(here).toHaveLength(differs ? 1 : 0)
          if (here[0]) expect([here[0].before, here[0].after]).toEqual([at(before, hour), at(after, hour)])
        }
      }),
    )
  })
})
