import { describe, expect, test } from 'vitest'
import { meaningOf, type NameOf, namesIn } from './queue-filter.ts'
import { isSame, tidy } from './queue-language.ts'

const reader = { id: 'me-id', desk: true, teams: [{ id: 't1' }, { id: 't2' }] }
const asker = { id: 'me-id', desk: false, teams: [] }
/** Everything is known but 'nobody', and 'later' is still looked up. */
const nameOf: NameOf = (kind, name) =>
  name === 'nobody' ? null : name === 'later' ? undefined : `${kind} ${name.toLowerCase()}`
const input = (text: string, who = reader) => {
  const meaning = meaningOf(text, who, nameOf)
  return 'input' in meaning ? meaning.input : meaning
}

describe('a filter is what the list is asked', () => {
  test.each([
    ['', { view: 'recent' }],
    ['state:open', { view: 'open' }],
    ['STATE:Open', { view: 'open' }],
    ['state:open team:mine', { view: 'team' }],
    ['state:open owner:me', { view: 'open', assigneeId: ['me-id'] }],
    ['state:open team:mine owner:me', { view: 'team', assigneeId: ['me-id'] }],
    ['state:open owner:none', { view: 'unassigned' }],
    ['state:open team:mine owner:none', { view: 'unassigned', teamId: ['t1', 't2'] }],
    ['owner:none', { view: 'recent', assigneeId: ['none'] }],
    ['team:mine', { view: 'recent', teamId: ['t1', 't2'] }],
    ['asked:me', { view: 'requested' }],
    ['asked:me state:resolved', { view: 'requested', state: ['resolved'] }],
    ['asked:me state:open', { view: 'requested', state: ['new', 'in_progress', 'pending'] }],
    ['state:pending', { view: 'open', state: ['pending'] }],
    ['state:"in progress"', { view: 'open', state: ['in_progress'] }],
    ['state:in-progress', { view: 'open', state: ['in_progress'] }],
    ['state:resolved owner:me', { view: 'recent', state: ['resolved'], assigneeId: ['me-id'] }],
    ['state:open team:markets priority:<=2', { view: 'open', teamId: ['team markets'], priorities: [1, 2] }],
    [
      'state:open service:"Order entry" env:uat kind:incident',
      { view: 'open', serviceId: ['service order entry'], environment: ['uat'], kind: ['incident'] },
    ],
    ['state:open owner:"Priya N."', { view: 'open', assigneeId: ['person priya n.'] }],
    ['state:open helping:me', { view: 'helping' }],
    ['state:open helping:me team:mine', { view: 'helping', teamId: ['t1', 't2'] }],
    ['state:open later:me priority:<=2', { view: 'snoozed', priorities: [1, 2] }],
    ['no prices', { view: 'recent', q: 'no prices' }],
    ['"no prices" blotter -ldn', { view: 'recent', q: '"no prices" blotter -ldn' }],
    ['"colour:red" https://desk', { view: 'recent', q: '"colour:red" https://desk' }],
  ])('%s', (text, expected) => expect(input(text)).toEqual(expected))
})

describe('several values, and what is left out', () => {
  test.each([
    ['priority:P1', { view: 'recent', priorities: [1] }],
    ['priority:p1,P3', { view: 'recent', priorities: [1, 3] }],
    ['priority:>3', { view: 'recent', priorities: [4, 5] }],
    ['priority:<=2,5', { view: 'recent', priorities: [1, 2, 5] }],
    ['-priority:P5', { view: 'recent', notPriorities: [5] }],
    ['priority:<=4 -priority:2', { view: 'recent', priorities: [1, 2, 3, 4], notPriorities: [2] }],
    ['state:new,pending', { view: 'open', state: ['new', 'pending'] }],
    ['state:open,resolved', { view: 'recent', state: ['new', 'in_progress', 'pending', 'resolved'] }],
    ['state:open -state:pending', { view: 'open', state: ['new', 'in_progress'] }],
    ['-state:closed,cancelled', { view: 'recent', state: ['new', 'in_progress', 'pending', 'resolved'] }],
    ['-state:resolved,closed,cancelled', { view: 'open' }],
    ['-state:open', { view: 'recent', state: ['resolved', 'closed', 'cancelled'] }],
    ['-team:"L2 markets",mine', { view: 'recent', notTeamId: ['team l2 markets', 't1', 't2'] }],
    ['-team:dba -team:none', { view: 'recent', notTeamId: ['team dba', 'none'] }],
    ['state:open team:mine,dba', { view: 'open', teamId: ['t1', 't2', 'team dba'] }],
    ['state:open owner:none,me', { view: 'open', assigneeId: ['none', 'me-id'] }],
    ['state:open -owner:none', { view: 'open', notAssigneeId: ['none'] }],
    [
      'requester:"M. Laurent",x@bank.example',
      { view: 'recent', requesterId: ['person m. laurent', 'person x@bank.example'] },
    ],
    ['-requester:me', { view: 'recent', notRequesterId: ['me-id'] }],
    ['unit:"Rates desk"', { view: 'recent', unitId: ['unit rates desk'] }],
    ['-unit:rates service:none', { view: 'recent', notUnitId: ['unit rates'], serviceId: ['none'] }],
    ['kind:request,change -env:prod', { view: 'recent', kind: ['request', 'change'], notEnvironment: ['prod'] }],
    ['due:overdue', { view: 'open', due: ['overdue'] }],
    ['due:<4H', { view: 'open', due: ['<4h'] }],
    ['state:open due:today -due:overdue', { view: 'open', due: ['today'], notDue: ['overdue'] }],
    ['-due:none', { view: 'recent', notDue: ['none'] }],
  ])('%s', (text, expected) => expect(input(text)).toEqual(expected))

  test('the names that are looked up', () => {
    expect(namesIn('team:mine,"L2 markets" -owner:me,Priya unit:none state:open')).toEqual([
      { kind: 'team', name: 'L2 markets' },
      { kind: 'person', name: 'Priya' },
      { kind: 'unit', name: 'none' },
    ])
  })
})

describe('what cannot be listed is said', () => {
  test.each([
    ['state:lost', 'state:lost is not known; choose open, new, in-progress, pending, resolved, closed or cancelled.'],
    ['priority:urgent', 'priority:urgent is not known; write P1 to P5'],
    ['priority:P1,P6', 'priority:P6 is not known'],
    ['priority:<1', 'No priority is left'],
    ['-priority:<1', 'No priority is left'],
    ['-priority:>5', 'No priority is left'],
    ['priority:1,2 -priority:<=3', 'No priority is left'],
    ['-priority:<=3 -priority:>3', 'No priority is left'],
    ['due:soon', 'due:soon is not known; write overdue, today'],
    ['due:<0h', 'due:<0h is not known'],
    ['kind:bug', 'choose incident, request, problem or change'],
    ['state:new -state:open', 'No state is left'],
    ['colour:red', 'colour: is no field here. Fields are state, priority, due,'],
    ['-colour:red', 'put it in quotes: "-colour:red"'],
    ['state:', 'state: needs a value: open, or how it stands.'],
    ['asked:', 'asked: needs a value: me.'],
    ['ab', 'at least 3'],
    ['helping:us state:open', 'Write helping:me for where you help.'],
    ['helping:me', 'add state:open'],
    ['-asked:me', 'take the - away'],
    ['helping:me later:me state:open', 'Choose one'],
    ['owner:nobody', 'owner:nobody names nothing here, or several; take one'],
  ])('%s', (text, expected) => {
    const meaning = meaningOf(text, reader, nameOf)
    expect('problem' in meaning && meaning.problem).toContain(expected)
  })

  test('a name that is not known yet', () => {
    expect(meaningOf('owner:later', reader, nameOf)).toEqual({ looking: true })
  })

  test('those who ask filter by what they see', () => {
    expect(input('owner:me', asker)).toEqual({ problem: 'owner: is known to the desk only; take it away.' })
    for (const text of ['unit:Rates', '-unit:Rates'])
      expect(input(text, asker)).toEqual({ problem: 'unit: is known to the desk only; take it away.' })
    expect(input('team:mine', asker)).toEqual({ problem: expect.stringContaining('You are in no team') })
    expect(input('state:open priority:P1', asker)).toEqual({ view: 'open', priorities: [1] })
  })
})

test('what a field asks for stands once, and the last one counts; what is left out adds up', () => {
  expect(tidy('state:open team:mine state:resolved late')).toBe('team:mine state:resolved late')
  expect(tidy('priority:P3 Priority:<=1')).toBe('Priority:<=1')
  expect(tidy('-team:a state:open -team:b team:c -team:a')).toBe('-team:a state:open -team:b team:c')
  expect(tidy('so so')).toBe('so so')
})

test('filters are the same in any order', () => {
  expect(isSame('state:open team:mine', 'team:mine  state:open')).toBe(true)
  expect(isSame('state:open', 'state:open late')).toBe(false)
})
