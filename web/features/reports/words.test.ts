import { expect, test } from 'vitest'
import type { MonthReport } from '../../../contract/reports/index.ts'
import { isUnknown, minutesWords, monthCsv, monthSentence, openingMonth, watchedFrom } from './words.ts'

const id = '01a22ed7-0000-7000-8000-000000000001'
const service = { id, name: 'Margin', times: 2, minutes: 61, longestMinutes: 40, open: 0 }
const missed = {
  deadline: { id, name: '=EOD' },
  date: '2026-11-23',
  dueAt: '2026-11-24T07:45:00Z',
  doneAt: '2026-11-24T08:00:00Z',
}
const report: MonthReport = {
  from: '2026-11-01T00:00:00Z',
  to: '2026-12-01T00:00:00Z',
  watchedSince: '2026-10-02T00:00:00Z',
  units: [],
  services: [service],
  disturbances: [
    {
      number: 'INC-7',
      service: { id, name: 'Margin "new"' },
      priority: 1,
      since: '2026-11-03T10:00:00Z',
      overAt: null,
      minutes: 61,
    },
  ],
  more: false,
  deadlines: [{ id, name: '=EOD', service: null, nights: 20, missed: 1 }],
  missed: [missed],
}

test('a month is one sentence', () => {
  expect(monthSentence(report)).toBe('2 disturbances of 1 service; 1 of 20 deadlines missed.')
  expect(monthSentence({ services: [], deadlines: [], missed: [] })).toBe('No service was disturbed.')
  expect([0, 59, 61].map(minutesWords)).toEqual(['under 1 min', '59 min', '1 h 01'])
})

test('a quiet month of which nothing is known is told from one that was watched', () => {
  const quiet = { ...report, disturbances: [], deadlines: [] }
  const since = (watchedSince: string | null) => ({ ...quiet, watchedSince })
  expect([quiet, since('2026-11-30T09:00:00Z'), since('2026-12-01T00:00:00Z'), since(null)].map(isUnknown)).toEqual([
    false,
    false,
    true,
    true,
  ])
  expect(isUnknown({ ...report, watchedSince: null })).toBe(false)
  expect(watchedFrom(since('2026-11-30T09:00:00Z'))).toBe('2026-11-30T09:00:00Z')
  expect([quiet, since('2026-12-01T00:00:00Z'), since(null)].map(watchedFrom)).toEqual([
    undefined,
    undefined,
    undefined,
  ])
})

test('its file has both kinds, and no formula', () => {
  expect(monthCsv(report).split('\r\n')).toEqual([
    '"kind","what","number","from","until","minutes","priority"',
    '"disturbance","Margin ""new""","INC-7","2026-11-03T10:00:00Z","",61,"P1"',
    `"missed deadline","'=EOD","","2026-11-24T07:45:00Z","2026-11-24T08:00:00Z",15,""`,
  ])
})

test.each([
  // A Tuesday, a Friday and a Saturday.
  ['2026-12-01', '2026-11'],
  ['2026-12-02', '2026-11'],
  ['2026-12-03', '2026-12'],
  ['2026-12-31', '2026-12'],
  ['2027-01-01', '2026-12'],
  ['2027-01-04', '2026-12'],
  ['2027-01-05', '2027-01'],
  ['2026-08-04', '2026-07'],
  ['2026-08-05', '2026-08'],
])('on %s the report opens with %s', (today, month) => {
  expect(openingMonth(today)).toBe(month)
})
