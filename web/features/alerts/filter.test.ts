import { expect, test } from 'vitest'
import { readFilter, token, withView } from './filter.ts'

test.each([
  ['', { view: 'firing' }],
  ['status:held', { view: 'held' }],
  ['severity:>=high', { view: 'firing', severity: 'high' }],
  ['severity:critical', { view: 'firing', severity: 'critical' }],
  [
    'service:"Order entry" source:zabbix late',
    { view: 'firing', service: 'Order entry', source: 'zabbix', words: 'late' },
  ],
  ['env:uat team:DBA status:all', { view: 'all', environment: 'uat', team: 'DBA' }],
  ['"disk is full" prddba1', { view: 'firing', words: 'disk is full prddba1' }],
])('%s is understood', (text, filter) => {
  expect(readFilter(text)).toEqual({ filter, problems: [] })
})

test.each([
  ['status:gone', 'status is firing, held or all'],
  ['severity:high', 'write severity:>=high'],
  ['severity:>=worst', 'severity is critical'],
  ['env:production', 'it is prod, uat, test or dev'],
  ['service:', 'service: needs a word'],
  ['sevrity:>=high', 'sevrity: is not a filter'],
  ['ab', 'at least 3 characters'],
])('%s is not, and says why', (text, problem) => {
  expect(readFilter(text).problems).toEqual([expect.stringContaining(problem)])
})

test('a view is a word of the text', () => {
  expect(withView('severity:>=high late', 'held')).toBe('status:held severity:>=high late')
  expect(withView('status:held late', 'all')).toBe('status:all late')
  expect(withView('status:held late', 'firing')).toBe('late')
})

test('names with spaces are quoted', () => {
  expect(token('service', 'Order entry')).toBe('service:"Order entry"')
  expect(readFilter(token('source', 'My "own" tool')).filter.source).toBe('My own tool')
})
