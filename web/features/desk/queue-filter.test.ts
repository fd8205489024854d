import { describe, expect, test } from 'vitest'
import { isSame, meaningOf, type Names, tidy } from './queue-filter.ts'

const reader = { id: 'me-id', desk: true, teams: [{ id: 't1' }, { id: 't2' }] }
const oneTeam = { ...reader, teams: [{ id: 't1' }] }
const names: Names = { team: 'team-id', owner: 'owner-id', service: 'service-id' }
const input = (text: string, who = reader) => {
  const meaning = meaningOf(text, who, names)
  return 'input' in meaning ? meaning.input : meaning
}

describe('a filter is what the list is asked', () => {
  test.each([
    ['', { view: 'recent' }],
    ['state:open', { view: 'open' }],
    ['state:open team:mine', { view: 'team' }],
    ['state:open owner:me', { view: 'open', assigneeId: 'me-id' }],
    ['state:open team:mine owner:me', { view: 'team', assigneeId: 'me-id' }],
    ['state:open owner:none', { view: 'unassigned' }],
    ['asked:me', { view: 'requested' }],
    ['asked:me state:resolved', { view: 'requested', state: 'resolved' }],
    ['state:pending', { view: 'open', state: 'pending' }],
    ['state:"in progress"', { view: 'open', state: 'in_progress' }],
    ['state:in-progress', { view: 'open', state: 'in_progress' }],
    ['state:resolved owner:me', { view: 'recent', state: 'resolved', assigneeId: 'me-id' }],
    ['state:open team:markets priority:<=2', { view: 'open', teamId: 'team-id', priority: 2 }],
    [
      'state:open service:"Order entry" env:uat kind:incident',
      { view: 'open', serviceId: 'service-id', environment: 'uat', kind: 'incident' },
    ],
    ['state:open owner:"Priya N."', { view: 'open', assigneeId: 'owner-id' }],
    ['state:open helping:me', { view: 'helping' }],
    ['state:open later:me priority:<=2', { view: 'snoozed', priority: 2 }],
    ['no prices', { view: 'recent', q: 'no prices' }],
    ['"no prices" blotter', { view: 'recent', q: '"no prices" blotter' }],
  ])('%s', (text, expected) => expect(input(text)).toEqual(expected))

  test('my only team can be named where several could not', () => {
    expect(input('team:mine', oneTeam)).toEqual({ view: 'recent', teamId: 't1' })
    expect(input('state:open team:mine owner:none', oneTeam)).toEqual({ view: 'unassigned', teamId: 't1' })
  })
})

describe('what cannot be listed is said', () => {
  test.each([
    ['team:mine', 'You are in 2 teams'],
    ['owner:none', 'add state:open'],
    ['state:lost', 'is not known; choose open, new,'],
    ['priority:urgent', 'priority:<=2'],
    ['kind:bug', 'choose incident, request, problem or change'],
    ['asked:me state:open', 'all states'],
    ['ab', 'at least 3'],
    ['helping:us state:open', 'Write helping:me'],
    ['helping:me', 'add state:open'],
    ['helping:me later:me state:open', 'Choose one'],
  ])('%s', (text, expected) => {
    const meaning = meaningOf(text, reader, names)
    expect('problem' in meaning && meaning.problem).toContain(expected)
  })

  test('a name that is not known, or not known yet', () => {
    expect(meaningOf('owner:nobody', reader, { owner: null })).toMatchObject({
      problem: expect.stringContaining('owner:nobody'),
    })
    expect(meaningOf('owner:Priya', reader, {})).toEqual({ looking: true })
  })
})

test('each field stands once, and the last one counts', () => {
  expect(tidy('state:open team:mine state:resolved late')).toBe('team:mine state:resolved late')
  expect(tidy('priority:2')).toBe('priority:<=2')
  expect(tidy('priority:P3 priority:<=1')).toBe('priority:<=1')
})

test('filters are the same in any order', () => {
  expect(isSame('state:open team:mine', 'team:mine  state:open')).toBe(true)
  expect(isSame('state:open', 'state:open late')).toBe(false)
})
