import { describe, expect, it } from 'vitest'
import { defaultMatrix, type Level, type PriorityNumber } from '../../../../contract/desk/index.ts'
import { serviceOfUnit } from './inferred.ts'
import { levelsFor } from './levels.ts'

const two = (words: string) => {
  const [impact, urgency] = words.split(' ') as [Level, Level]
  return { impact, urgency }
}

describe('a priority that was said', () => {
  it.each<[PriorityNumber, string, object, string | null]>([
    // wanted, proposed, said of either, outcome
    [2, 'high medium', {}, 'high medium'],
    [1, 'high medium', {}, 'high high'],
    [2, 'high high', {}, 'high medium'],
    [2, 'medium low', {}, 'medium high'],
    [3, 'low medium', {}, 'low high'],
    [5, 'high high', {}, 'low low'],
    [2, 'high high', { urgency: 'high' }, 'medium high'],
    [1, 'low low', { impact: 'low' }, null],
  ])('P%i where the rules propose %s and %j was said: %s', (wanted, proposed, said, expected) =>
    expect(levelsFor(wanted, two(proposed), said, defaultMatrix)).toEqual(expected && two(expected)),
  )

  it('is in no cell of a matrix that leaves it out', () => {
    const matrix = { ...defaultMatrix, low: { high: 3, medium: 4, low: 4 } } as const
    expect(levelsFor(5, two('low low'), {}, matrix)).toBeNull()
  })
})

describe('the service of a desk that names none', () => {
  const used = [
    { id: 'o', name: 'Order entry', tier: 1 },
    { id: 'p', name: 'Commodities pricing', tier: 2 },
    { id: 'r', name: 'Risk pricing', tier: 2 },
  ]
  it.each([
    ['Orders vanish', used, 'o'],
    ['Cannot price', used, null],
    ['Cannot price', used.slice(0, 2), 'p'],
    ['Cannot print', used, null],
    ['Cannot print', used.slice(0, 1), 'o'],
    ['Cannot print', [], null],
  ])('%s', (title, of, expected) => expect(serviceOfUnit(title, of)?.id ?? null).toBe(expected))
})
