import { expect, test } from 'vitest'
import { matcherProblems, reachesOf, whyNotSilence } from './silence-rules.ts'
import type { AlertDetail, Matcher } from './words.ts'

const is = (field: string, value: string): Matcher => ({ field, op: 'is', value })
const alert = {
  title: 'Disk is full',
  dedupKey: 'disk/1',
  host: 'prddba1',
  environment: 'prod',
  service: { id: '1', name: 'Settlement' },
  source: { id: '2', name: 'Zabbix', kind: 'generic' },
} as AlertDetail

test('an alert can be silenced alone, by title, by host and by service', () => {
  expect(reachesOf(alert).map(({ matchers }) => matchers)).toEqual([
    [is('source', 'Zabbix'), is('key', 'disk/1')],
    [is('title', 'Disk is full'), is('environment', 'prod')],
    [is('host', 'prddba1')],
    [is('service', 'Settlement'), is('environment', 'prod')],
  ])
  expect(reachesOf({ ...alert, host: null, service: null }).map(({ value }) => value)).toEqual(['alert', 'title'])
})

test.each([
  [[is('service', '')], ['matchers.0.value']],
  [[is('', 'x')], ['matchers.0.field']],
  [[{ field: 'title', op: 'like', value: '*' }], ['matchers']],
  [[{ field: 'host', op: 'is_not', value: 'a' }], ['matchers']],
  [[], ['matchers']],
  [[is('service', 'x'), { field: 'host', op: 'is_not', value: 'a' }], []],
] as [Matcher[], string[]][])('matchers %j', (matchers, problems) => {
  expect(Object.keys(matcherProblems(matchers))).toEqual(problems)
})

const team = { id: 'a', name: 'DBA' }
test.each([
  [{ status: 'firing', team }, { teams: [team], may: { 'silence.write': 'team' } }, undefined],
  [{ status: 'firing', team }, { teams: [], may: { 'silence.write': 'all' } }, undefined],
  [{ status: 'firing', team: null }, { teams: [team], may: { 'silence.write': 'all' } }, undefined],
  [{ status: 'firing', team }, { teams: [], may: { 'silence.write': 'team' } }, 'It belongs to DBA'],
  [{ status: 'firing', team: null }, { teams: [team], may: { 'silence.write': 'team' } }, 'It belongs to no team'],
  [{ status: 'firing', team }, { teams: [team], may: {} }, 'You may not silence'],
  [{ status: 'resolved', team }, { teams: [team], may: { 'silence.write': 'all' } }, 'It is over'],
] as const)('who may silence %j', (row, me, why) => {
  const said = whyNotSilence(row, me)
  if (why === undefined) expect(said).toBeUndefined()
  else expect(said).toContain(why)
})
