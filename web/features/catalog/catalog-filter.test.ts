import { expect, test } from 'vitest'
import { readCatalogFilter } from './catalog-filter.ts'

const teams = [
  { id: 'dba', name: 'DBA' },
  { id: 'l2', name: 'L2 Markets support' },
]
const known = { env: ['prod', 'uat', 'test', 'dev'], tier: ['1', '2'], archived: ['yes'] } as const
const read = (text: string, of: typeof teams | undefined = teams) => readCatalogFilter(text, of, known)

test.each([
  ['', { ask: {} }],
  ['env:uat team:dba london', { ask: { env: 'uat', team: 'dba', search: 'london' } }],
  ['team:"L2 Markets" tier:2 archived:yes', { ask: { team: 'l2', tier: '2', archived: 'yes' } }],
  ['env:foo', { problem: 'env:foo is not known; choose prod, uat, test or dev.' }],
  ['tier:9', { problem: 'tier:9 is not known; choose 1 or 2.' }],
  ['archived:maybe', { problem: 'archived:maybe is not known; write yes.' }],
  ['team:nobodys', { problem: 'There is no one team called "nobodys".' }],
])('%s', (text, expected) => expect(read(text)).toEqual(expected))

test('a team is waited for, an unknown environment is not', () => {
  const before = (text: string) => readCatalogFilter(text, undefined, known)
  expect(before('team:dba')).toEqual({ waiting: true })
  expect(before('team:dba env:foo')).toMatchObject({ problem: expect.stringContaining('env:foo') })
  expect(before('london')).toEqual({ ask: { search: 'london' } })
})
