import { describe, expect, it } from 'vitest'
import type { JobSchedule } from '../../../../contract/jobs/schedule.ts'
import { afterOf, readSchedule } from './schedule.ts'

const at = (text: string) => Temporal.Instant.from(text).epochMilliseconds
const show = (s: JobSchedule, from: string, count: number): string[] => {
  const after = readSchedule(s)
  const found: string[] = []
  for (let ms: number | null = at(from); found.length < count; ) {
    ms = after(ms)
    if (ms === null) return [...found, 'never']
    found.push(Temporal.Instant.fromEpochMilliseconds(ms).toString())
  }
  return found
}
const cron = (expression: string, zone = 'UTC'): JobSchedule => ({ kind: 'cron', expression, zone })
const calendar = (expression: string, zone = 'UTC'): JobSchedule => ({ kind: 'oncalendar', expression, zone })
const monday = '2026-11-23T07:00:00Z'

describe('cron', () => {
  it.each([
    ['each weekday at ten', '0 22 * * 1-5', monday, ['2026-11-23T22:00:00Z', '2026-11-24T22:00:00Z']],
    ['over the weekend', '0 22 * * MON-FRI', '2026-11-27T22:00:00Z', ['2026-11-30T22:00:00Z']],
    ['exactly at its time, the next one', '0 7 * * *', monday, ['2026-11-24T07:00:00Z']],
    ['with a fraction of a second', '0 7 * * *', '2026-11-23T06:59:59.999Z', ['2026-11-23T07:00:00Z']],
    ['day of month or day of week', '0 0 13 * 5', monday, ['2026-11-27T00:00:00Z', '2026-12-04T00:00:00Z']],
    [
      'day of month and day of week where one starts with *',
      '0 0 */2 * 5',
      monday,
      ['2026-11-27T00:00:00Z', '2026-12-11T00:00:00Z'],
    ],
    ['the last day of a month', '0 0 L * *', monday, ['2026-11-30T00:00:00Z', '2026-12-31T00:00:00Z']],
    ['its last weekday', '0 0 LW * *', '2027-01-01T00:00:00Z', ['2027-01-29T00:00:00Z']],
    ['its last Friday', '0 0 * * 5L', monday, ['2026-11-27T00:00:00Z', '2026-12-25T00:00:00Z']],
    ['its first Monday', '0 0 * * MON#1', monday, ['2026-12-07T00:00:00Z', '2027-01-04T00:00:00Z']],
    ['Sunday as 7', '0 0 * * 7', monday, ['2026-11-29T00:00:00Z']],
    ['with seconds', '30 */20 * * * *', monday, ['2026-11-23T07:00:30Z', '2026-11-23T07:20:30Z']],
    ['nicknames', '@hourly', monday, ['2026-11-23T08:00:00Z', '2026-11-23T09:00:00Z']],
    ['a leap day', '0 0 29 2 *', monday, ['2028-02-29T00:00:00Z', '2032-02-29T00:00:00Z']],
    ['several lines', '0 8 * * *\n30 7 * * *', monday, ['2026-11-23T07:30:00Z', '2026-11-23T08:00:00Z']],
    ['a day that never comes', '0 0 31 2 *', monday, ['never']],
  ])('%s', (_, expression, from, expected) => {
    expect(show(cron(expression), from, expected.length)).toEqual(expected)
  })

  const berlin = 'Europe/Berlin'
  // Spring: 02:00 becomes 03:00 at 01:00Z on 29 March 2026. Autumn: 03:00 becomes 02:00 at 01:00Z on 25 October.
  it.each([
    [
      'a fixed time in the gap comes right after it',
      '30 2 * * *',
      '2026-03-28T12:00:00Z',
      ['2026-03-29T01:00:00Z', '2026-03-30T00:30:00Z'],
    ],
    [
      'a fixed time that is shown twice comes once, the first time',
      '30 2 * * *',
      '2026-10-24T12:00:00Z',
      ['2026-10-25T00:30:00Z', '2026-10-26T01:30:00Z'],
    ],
    [
      'two fixed times in the gap are one',
      '10,40 2 * * *',
      '2026-03-28T12:00:00Z',
      ['2026-03-29T01:00:00Z', '2026-03-30T00:10:00Z'],
    ],
    [
      'an interval runs on through the gap',
      '*/30 * * * *',
      '2026-03-29T00:20:00Z',
      ['2026-03-29T00:30:00Z', '2026-03-29T01:00:00Z', '2026-03-29T01:30:00Z'],
    ],
    [
      'an interval comes in both of the repeated hours',
      '*/30 * * * *',
      '2026-10-25T00:10:00Z',
      ['2026-10-25T00:30:00Z', '2026-10-25T01:00:00Z', '2026-10-25T01:30:00Z', '2026-10-25T02:00:00Z'],
    ],
    [
      'each hour of one night has an hour more',
      '0 * * * *',
      '2026-10-24T23:30:00Z',
      ['2026-10-25T00:00:00Z', '2026-10-25T01:00:00Z', '2026-10-25T02:00:00Z'],
    ],
    [
      'ten in the evening stays ten in the evening',
      '0 22 * * *',
      '2026-03-28T12:00:00Z',
      ['2026-03-28T21:00:00Z', '2026-03-29T20:00:00Z'],
    ],
  ])('where the clock changes: %s', (_, expression, from, expected) => {
    expect(show(cron(expression, berlin), from, expected.length)).toEqual(expected)
  })

  it('knows half-hour changes and a day that was left out', () => {
    expect(show(cron('15 2 * * *', 'Australia/Lord_Howe'), '2026-10-03T00:00:00Z', 2)).toEqual([
      '2026-10-03T15:30:00Z',
      '2026-10-04T15:15:00Z',
    ])
    expect(show(cron('0 12 * * *', 'Pacific/Apia'), '2011-12-29T00:00:00Z', 2)).toEqual([
      '2011-12-29T22:00:00Z',
      '2011-12-30T10:00:00Z',
    ])
  })

  it.each([
    ['60 * * * *', /minute/],
    ['* * * *', /five fields/],
    ['@reboot', /names no time/],
    ['a b c d e', /./],
    ['0 22 * * 5-1', /larger/],
  ])('refuses %s', (expression, says) => {
    expect(() => readSchedule(cron(expression))).toThrow(says)
  })
})

describe('OnCalendar', () => {
  // The examples of systemd.time(7); what comes next was asked of systemd-analyze calendar.
  it.each([
    ['Mon..Fri 22:00', monday, ['2026-11-23T22:00:00Z', '2026-11-24T22:00:00Z']],
    [
      'Sat,Thu,Mon..Wed,Sat..Sun',
      monday,
      ['2026-11-24T00:00:00Z', '2026-11-25T00:00:00Z', '2026-11-26T00:00:00Z', '2026-11-28T00:00:00Z'],
    ],
    ['Wed *-1', monday, ['2027-09-01T00:00:00Z']],
    ['Wed, 17:48', monday, ['2026-11-25T17:48:00Z']],
    ['*-*-7 0:0:0', monday, ['2026-12-07T00:00:00Z']],
    ['10-15', monday, ['2027-10-15T00:00:00Z']],
    ['monday *-12-* 17:00', monday, ['2026-12-07T17:00:00Z']],
    ['Mon,Fri *-*-3,1,2 *:30:45', monday, ['2027-01-01T00:30:45Z', '2027-01-01T01:30:45Z']],
    ['12,14,13,12:20,10,30', monday, ['2026-11-23T12:10:00Z', '2026-11-23T12:20:00Z']],
    ['12..14:10,20,30', monday, ['2026-11-23T12:10:00Z', '2026-11-23T12:20:00Z']],
    ['mon,fri *-1/2-1,3 *:30:45', monday, ['2027-01-01T00:30:45Z']],
    ['05:40', monday, ['2026-11-24T05:40:00Z']],
    ['2003-03-05 05:40', monday, ['never']],
    ['2027-02..04-05', monday, ['2027-02-05T00:00:00Z', '2027-03-05T00:00:00Z', '2027-04-05T00:00:00Z', 'never']],
    ['*-02~03', monday, ['2027-02-26T00:00:00Z', '2028-02-27T00:00:00Z']],
    ['Mon *-05~07/1', monday, ['2027-05-31T00:00:00Z', '2028-05-29T00:00:00Z']],
    ['*-*~1 23:30', monday, ['2026-11-30T23:30:00Z', '2026-12-31T23:30:00Z']],
    ['*:2/3', monday, ['2026-11-23T07:02:00Z', '2026-11-23T07:05:00Z']],
    ['minutely', monday, ['2026-11-23T07:01:00Z']],
    ['hourly', monday, ['2026-11-23T08:00:00Z']],
    ['weekly', monday, ['2026-11-30T00:00:00Z']],
    ['quarterly', monday, ['2027-01-01T00:00:00Z', '2027-04-01T00:00:00Z']],
    ['semiannually', monday, ['2027-01-01T00:00:00Z', '2027-07-01T00:00:00Z']],
    ['yearly', monday, ['2027-01-01T00:00:00Z']],
    ['weekly Pacific/Auckland', monday, ['2026-11-29T11:00:00Z']],
    ['2026-11-30 05:40 UTC', monday, ['2026-11-30T05:40:00Z']],
    ['27-11-30', monday, ['2027-11-30T00:00:00Z']],
    ['*-02-30', monday, ['never']],
  ])('%s', (expression, from, expected) => {
    expect(show(calendar(expression), from, expected.length)).toEqual(expected)
  })

  it.each([
    ['a time in the gap does not come', '*-*-* 02:30', '2026-03-28T12:00:00Z', ['2026-03-30T00:30:00Z']],
    [
      'a time that is shown twice comes once',
      '*-*-* 02:30',
      '2026-10-24T12:00:00Z',
      ['2026-10-25T00:30:00Z', '2026-10-26T01:30:00Z'],
    ],
    [
      'nor do intervals come twice',
      '*:0/30',
      '2026-10-25T00:00:00Z',
      ['2026-10-25T00:30:00Z', '2026-10-25T02:00:00Z', '2026-10-25T02:30:00Z'],
    ],
  ])('where the clock changes, as systemd does it: %s', (_, expression, from, expected) => {
    expect(show(calendar(expression, 'Europe/Berlin'), from, expected.length)).toEqual(expected)
  })

  it.each([
    ['22', /not understood/],
    ['Xyz 22:00', /no day of the week/],
    ['25:00', /no hour/],
    ['*-13-01', /no month/],
    ['5..3:00', /backwards/],
    ['*:0/0', /repeat/],
    ['22:00:00.5', /whole/],
    ['1-2-3-4', /no date/],
    ['22:00 23:00', /not understood/],
  ])('refuses %s', (expression, says) => {
    expect(() => readSchedule(calendar(expression))).toThrow(says)
  })
})

it('a period counts from the last time', () => {
  expect(show({ kind: 'period', seconds: 300 }, monday, 2)).toEqual(['2026-11-23T07:05:00Z', '2026-11-23T07:10:00Z'])
})

it('the same words are read once, whatever the number of jobs', () => {
  expect(afterOf(cron('1 2 * * *'))).toBe(afterOf(cron('1 2 * * *')))
  for (let i = 0; i < 300; i++) afterOf(cron(`${i % 60} ${i % 24} * * ${i % 7}`))
  expect(afterOf(cron('0 0 * * 0'))(at(monday))).toBe(at('2026-11-29T00:00:00Z'))
})
