import { expect, test } from 'vitest'
import { type Answer, type Given, standingOf, titleOf, whyOf } from './ack-state.ts'

const at = '2026-11-23T07:12:00Z'
const target = (name: string | null, why: string) => ({ user: name ? { id: name, name } : null, why })
const given = (page: object): Given =>
  ({
    person: 'Sam O.',
    ticketNumber: 'INC-5',
    page: {
      state: 'paging',
      title: 'INC-5 No prices',
      targets: [],
      acknowledgedBy: null,
      acknowledgedAt: null,
      ...page,
    },
  }) as unknown as Given
const answer = (result: Answer['result'], by: string | null = null): Answer => ({ result, by, at })

test.each<[string, Given, Answer | undefined, object]>([
  ['nobody has it', given({}), undefined, { kind: 'open', canPass: true, passedAt: null }],
  [
    'the policy has run out',
    given({ state: 'exhausted' }),
    undefined,
    { kind: 'open', canPass: false, passedAt: null },
  ],
  [
    'I have it',
    given({ state: 'acknowledged', acknowledgedBy: { id: 's', name: 'Sam O.' }, acknowledgedAt: at }),
    undefined,
    { kind: 'mine', at },
  ],
  [
    'somebody else has it',
    given({ state: 'acknowledged', acknowledgedBy: { id: 'p', name: 'Priya N.' }, acknowledgedAt: at }),
    undefined,
    { kind: 'taken', by: 'Priya N.', at },
  ],
  ['it is over', given({ state: 'done' }), undefined, { kind: 'over' }],
  ['I pressed just now', given({}), answer('acknowledged', 'Sam O.'), { kind: 'mine', at }],
  ['I was too late', given({}), answer('already', 'Priya N.'), { kind: 'taken', by: 'Priya N.', at }],
  ['I passed it on', given({}), answer('passed', 'Sam O.'), { kind: 'open', canPass: false, passedAt: at }],
  ['it was over when I pressed', given({}), answer('over'), { kind: 'over' }],
  [
    'what the server says now counts more than what it answered before',
    given({ state: 'done' }),
    answer('acknowledged'),
    { kind: 'over' },
  ],
])('%s', (_, page, said, expected) => expect(standingOf(page, said)).toEqual(expected))

test('why you: the latest reason, and who was asked before', () => {
  const page = given({
    targets: [
      target('Priya N.', 'first'),
      target(null, 'nobody'),
      target('Sam O.', 'second'),
      target('Ana P.', 'third'),
    ],
  })
  expect(whyOf(page).why).toBe('second')
  expect(whyOf(page).before.map(({ why }) => why)).toEqual(['first', 'nobody'])
  expect(whyOf(given({}))).toEqual({ why: undefined, before: [] })
})

test('the number stands above the title, not in it', () => {
  expect(titleOf(given({}))).toBe('No prices')
  expect(titleOf(given({ title: 'Everything is down' }))).toBe('Everything is down')
})
