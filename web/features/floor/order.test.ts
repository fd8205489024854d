import { describe, expect, test } from 'vitest'
import { hurtWords, mostPressing, needsSomeone, pressing, restWords } from './order.ts'

const now = Date.UTC(2026, 10, 26, 7, 12)
const at = (minutes: number) => new Date(now + minutes * 60_000).toISOString()
const ticket = (id: string, priority: number, dueIn: number | null, assignee: string | null = null) => ({
  id,
  priority,
  dueAt: dueIn === null ? null : at(dueIn),
  dueClock: 'resolution' as const,
  openedAt: at(-30),
  assignee: assignee === null ? null : { id: assignee, name: assignee },
})
const units = (...people: (number | null)[]) =>
  people.map((count, index) => ({ id: `u${index}`, name: `Desk ${index + 1}`, people: count }))
const hurts = (...people: (number | null)[]) => ({ units: units(...people), services: [], cutOff: null })

test('by priority, then by who is hurt, then by the time that is left', () => {
  const hurt = new Map([
    ['many', hurts(37)],
    ['few', hurts(2, null)],
  ])
  const rows = [
    ticket('low', 3, 5),
    ticket('few', 2, 10),
    ticket('none', 2, 1),
    ticket('many', 2, 90),
    ticket('never', 2, null),
    ticket('first', 1, 500),
  ]
  expect(pressing(rows, hurt).map(({ id }) => id)).toEqual(['first', 'many', 'few', 'none', 'never', 'low'])
})

test('who is hurt is asked for those that may be shown first', () => {
  const rows = Array.from({ length: 30 }, (_, index) => ticket(String(index), index < 9 ? 2 : 4, index))
  expect(mostPressing(rows).map(({ id }) => Number(id))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8])
})

test.each([
  [ticket('a', 1, 30), true],
  [ticket('b', 2, 30, 'priya'), false],
  [ticket('c', 2, -1, 'priya'), true],
  [ticket('d', 4, 30), false],
  [ticket('e', 4, -1), true],
  [ticket('f', 3, null), false],
])('%j needs someone now: %s', (one, needs) => expect(needsSomeone(one, now)).toBe(needs))

test.each([
  [[], false, undefined],
  [[ticket('a', 4, 300)], false, '1 more, none due this hour'],
  [
    [ticket('a', 4, 30), ticket('b', 4, -5), ticket('c', 4, null)],
    true,
    '3+ more, 1 that needs someone, 2 due this hour',
  ],
  [[ticket('a', 2, 300), ticket('b', 1, 300)], false, '2 more, 2 that need someone, none due this hour'],
] as const)('%#: the rest in words', (rest, open, words) => expect(restWords(rest, open, now)).toBe(words))

describe('who is hurt, in words', () => {
  const cutOff = (minutes: number) => ({ name: 'London open', service: 'Order entry', at: at(minutes), words: '' })
  test.each([
    [undefined, undefined],
    [null, undefined],
    [hurts(), undefined],
    [hurts(37, 19), '56 people: Desk 1, Desk 2'],
    [hurts(1), '1 person: Desk 1'],
    [hurts(null), 'Desk 1'],
    [hurts(1, 1, 1, 1, 1), '5 people: Desk 1, Desk 2, Desk 3 and 2 more'],
    [{ ...hurts(5), cutOff: cutOff(48) }, '5 people: Desk 1 · London open in 48 min'],
    [{ ...hurts(5), cutOff: cutOff(600) }, '5 people: Desk 1'],
    [{ units: [], services: [{ id: 's', name: 'Blotter' }], cutOff: null }, 'Blotter depends on it'],
  ])('%#', (hurt, words) => expect(hurtWords(hurt, now)).toBe(words))
})
