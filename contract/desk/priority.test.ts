import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { priorityName, priorityOf } from './priority.ts'
import { levels } from './words.ts'

const level = fc.constantFrom(...levels)
const rank = (l: (typeof levels)[number]) => levels.indexOf(l)

describe('impact × urgency', () => {
  it.each([
    ['high', 'high', 1],
    ['high', 'medium', 2],
    ['high', 'low', 3],
    ['medium', 'high', 2],
    ['medium', 'medium', 3],
    ['medium', 'low', 4],
    ['low', 'high', 3],
    ['low', 'medium', 4],
    ['low', 'low', 5],
  ] as const)('%s × %s = P%i', (impact, urgency, priority) => {
    expect(priorityOf(impact, urgency)).toBe(priority)
    expect(priorityName(priority)).toBe(`P${priority}`)
  })

  test('more impact or more urgency is never less pressing', () => {
    fc.assert(
      fc.property(level, level, level, (a, b, other) => {
        fc.pre(rank(a) <= rank(b))
        expect(priorityOf(a, other)).toBeLessThanOrEqual(priorityOf(b, other))
        expect(priorityOf(other, a)).toBeLessThanOrEqual(priorityOf(other, b))
      }),
    )
  })

  test('impact and urgency weigh the same', () => {
    fc.assert(
      fc.property(level, level, (a, b) => {
        expect(priorityOf(a, b)).toBe(priorityOf(b, a))
      }),
    )
  })
})
