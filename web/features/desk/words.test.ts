import { expect, test } from 'vitest'
import { counted, namesOf, standing } from './words.ts'

const now = Date.parse('2026-11-23T07:12:00Z')
const desk = { id: 'priya', desk: true, teams: [{ id: 'markets' }], now, zone: 'Europe/London' }
const asker = { ...desk, desk: false, teams: [] }
const ticket = (given: object) =>
  ({
    state: 'in_progress',
    pendingReason: null,
    pendingUntil: null,
    team: { id: 'markets', name: 'Markets' },
    ...given,
  }) as Parameters<typeof standing>[0]

test.each([
  [{}, 'in progress', 'in progress'],
  [{ team: { id: 'dba', name: 'DBA' } }, 'with DBA', 'in progress'],
  [{ team: { id: 'dba', name: 'DBA' }, assignee: { id: 'priya', name: 'Priya' } }, 'in progress', 'in progress'],
  [{ team: { id: 'dba', name: 'DBA' }, assignee: { id: 'tom', name: 'Tom' } }, 'with DBA', 'in progress'],
  [{ state: 'cancelled', mergedInto: { number: 'INC-7' } }, 'merged into INC-7', 'cancelled'],
  [{ state: 'new', team: { id: 'dba', name: 'DBA' } }, 'new', 'new'],
  [{ state: 'pending', pendingReason: 'vendor' }, 'pending vendor', 'pending'],
  [{ state: 'pending', pendingReason: 'user' }, 'pending user', 'needs your answer'],
  [{ state: 'pending', pendingReason: 'vendor', pendingUntil: '2026-11-23T14:00:00Z' }, 'until 14:00', 'until 14:00'],
  [
    { state: 'pending', pendingReason: 'scheduled', pendingUntil: '2026-11-24T08:00:00Z' },
    'until Tue 08:00',
    'until Tue 08:00',
  ],
  [{ state: 'cancelled' }, 'cancelled', 'cancelled'],
])('%j', (given, forDesk, forAsker) => {
  expect(standing(ticket(given), desk)).toBe(forDesk)
  expect(standing(ticket(given), asker)).toBe(forAsker)
})

test('numbers of things', () => {
  expect([0, 1, 2, 1000].map((count) => counted(count, 'ticket'))).toEqual([
    '0 tickets',
    '1 ticket',
    '2 tickets',
    '1,000 tickets',
  ])
  expect(namesOf(['INC-1'])).toBe('INC-1')
  expect(namesOf(['INC-1', 'INC-2'])).toBe('INC-1 and INC-2')
  expect(namesOf(['INC-1', 'INC-2', 'INC-3'])).toBe('3 tickets')
})
