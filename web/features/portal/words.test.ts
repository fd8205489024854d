import { expect, describe as group, it } from 'vitest'
import { describe, isOver, needsMe, standsAt } from './words.ts'

const now = Date.parse('2026-11-26T09:00:00Z')
const row = (state: string, pendingReason: string | null = null, pendingUntil: string | null = null) =>
  ({ state, pendingReason, pendingUntil }) as Parameters<typeof standsAt>[0]

group('where a ticket stands, for whoever asked', () => {
  it.each([
    [row('new'), 'received', false, false],
    [row('in_progress'), 'being worked on', false, false],
    [row('pending', 'user'), 'needs your answer', true, false],
    [row('pending', 'vendor'), 'waits for a supplier', false, false],
    [row('pending', 'approval'), 'waits for an approval', false, false],
    [row('pending', 'change'), 'waits for a planned change', false, false],
    [row('pending', 'scheduled', '2026-11-26T14:00:00Z'), 'planned for 14:00', false, false],
    [row('pending', 'scheduled'), 'waits', false, false],
    [row('resolved'), 'solved? Please say', true, false],
    [row('closed'), 'solved', false, true],
    [row('cancelled'), 'cancelled', false, true],
    [{ ...row('resolved'), kind: 'request' as const }, 'done? Please say', true, false],
  ])('%o', (ticket, words, mine, over) => {
    expect(standsAt(ticket, now, 'UTC')).toBe(words)
    expect([needsMe(ticket), isOver(ticket)]).toEqual([mine, over])
  })
})

it('puts what was said beside the words before them, and nothing for what was left out', () => {
  expect(describe({ since: ' 06:56 ', hurt: 'team', work: 'no', words: ' Empty since the roll. ' })).toBe(
    'Since: 06:56\nHurt: my team\nCan work: not at all\n\nEmpty since the roll.',
  )
  expect(describe({ since: '', hurt: '', work: '', words: '' })).toBe('')
})
