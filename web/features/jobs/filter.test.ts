import { expect, test } from 'vitest'
import { readQuery } from './filter.ts'

const known = { services: [{ id: 's1', name: 'Settlement' }], teams: [{ id: 't1', name: 'L2 markets' }] }

test.each([
  ['', { view: 'all' }],
  ['state:failed env:prod eod', { view: 'all', state: 'failed', environment: 'prod', q: 'eod' }],
  ['tag:prod', { view: 'all', tag: 'prod' }],
  ['unusual:volume', { view: 'all', unusual: 'volume' }],
  ['service:settle team:"L2 markets"', { view: 'all', serviceId: 's1', teamId: 't1' }],
])('%s', (text, ask) => expect(readQuery(text, 'all', known)).toEqual({ ask, problems: [] }))

test('what is not understood is told', () => {
  expect(readQuery('state:down service:none', 'all', known)).toEqual({
    ask: undefined,
    problems: [expect.stringContaining('state:down is not known'), 'There is no one service called "none".'],
  })
  expect(readQuery('tag:"a b"', 'all', known)).toEqual({
    ask: undefined,
    problems: ['A tag has 1 to 50 characters, without spaces and commas.'],
  })
  expect(readQuery('service:x', 'all', { services: undefined, teams: [] })).toEqual({ ask: undefined, problems: [] })
})
