import { expect, test } from 'vitest'
import { readHostFilter } from './host-filter.ts'

const teams = [
  { id: 'dba', name: 'DBA' },
  { id: 'l2', name: 'L2 Markets support' },
]

test.each([
  ['', { ask: {} }],
  ['env:uat team:dba london', { ask: { environment: 'uat', team: 'dba', search: 'london' } }],
  ['team:"L2 Markets"', { ask: { team: 'l2' } }],
  ['env:foo', { problem: 'env:foo is not known; choose prod, uat, test or dev.' }],
  ['team:nobodys', { problem: 'There is no one team called "nobodys".' }],
])('%s', (text, expected) => expect(readHostFilter(text, teams)).toEqual(expected))

test('a team is waited for, an unknown environment is not', () => {
  expect(readHostFilter('team:dba', undefined)).toEqual({ waiting: true })
  expect(readHostFilter('team:dba env:foo', undefined)).toMatchObject({ problem: expect.stringContaining('env:foo') })
  expect(readHostFilter('london', undefined)).toEqual({ ask: { search: 'london' } })
})
