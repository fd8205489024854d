import { describe, expect, test } from 'vitest'
import { readHolidays } from './read-holidays.ts'

const [from, to] = [Temporal.PlainDate.from('2026-11-30'), Temporal.PlainDate.from('2029-01-01')]
const read = (text: string) => readHolidays(text, from, to)
const daysOf = (text: string) => read(text).days.map(({ date, name }) => `${date} ${name}`)
const problemOf = (text: string): string => {
  try {
    read(text)
  } catch (error) {
    return (error as Error).message
  }
  return 'it was read'
}
const ical = (...events: string[]) =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'X-WR-CALNAME:Bank holidays',
    ...events.flatMap((event) => ['BEGIN:VEVENT', ...event.split('\n'), 'END:VEVENT']),
    'END:VCALENDAR',
    '',
  ].join('\r\n')

describe('iCalendar', () => {
  test('all-day events with what the file says about them', () => {
    const file = read(
      ical(
        'DTSTART;VALUE=DATE:20261225\nDTEND;VALUE=DATE:20261226\nSUMMARY:Christmas Day\nDESCRIPTION:Public holiday',
        'DTSTART;VALUE=DATE:20261224\nSUMMARY:Christmas Eve\\, a long na\n me\nDESCRIPTION:Observance\\nTo hide it\\, change settings',
      ),
    )
    expect(file).toMatchObject({ format: 'ical', source: 'Bank holidays', skipped: [] })
    expect(file.days).toEqual([
      { date: '2026-12-25', name: 'Christmas Day', about: 'Public holiday', line: 4 },
      { date: '2026-12-24', name: 'Christmas Eve, a long name', about: 'Observance', line: 10 },
    ])
  })

  test.each([
    ['several days', 'DTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261227', ['24', '25', '26']],
    ['a duration', 'DTSTART;VALUE=DATE:20261224\nDURATION:P2D', ['24', '25']],
    ['an end on the day itself', 'DTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261224', ['24']],
    ['from midnight to midnight', 'DTSTART;TZID=Europe/London:20261224T000000\nDTEND:20261225T000000', ['24']],
  ])('%s', (_, event, days) => {
    expect(daysOf(ical(`${event}\nSUMMARY:Feast`))).toEqual(days.map((day) => `2026-12-${day} Feast`))
  })

  test.each([
    ['each year', 'DTSTART;VALUE=DATE:20001225\nRRULE:FREQ=YEARLY', ['2026-12-25', '2027-12-25', '2028-12-25']],
    ['every second year', 'DTSTART;VALUE=DATE:20010501\nRRULE:FREQ=YEARLY;INTERVAL=2', ['2027-05-01']],
    ['until', 'DTSTART;VALUE=DATE:20200101\nRRULE:FREQ=YEARLY;UNTIL=20270101', ['2027-01-01']],
    [
      'the fourth Thursday of November',
      'DTSTART;VALUE=DATE:20201126\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=+4TH',
      ['2027-11-25', '2028-11-23'],
    ],
    [
      'the last Monday of May',
      'DTSTART;VALUE=DATE:20200525\nRRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO',
      ['2027-05-31', '2028-05-29'],
    ],
    [
      'the Monday before 25 May',
      'DTSTART;VALUE=DATE:20200518\nRRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=MO;BYMONTHDAY=18,19,20,21,22,23,24',
      ['2027-05-24', '2028-05-22'],
    ],
    ['29 February, in leap years', 'DTSTART;VALUE=DATE:20200229\nRRULE:FREQ=YEARLY', ['2028-02-29']],
    [
      'with one year left out and one more',
      'DTSTART;VALUE=DATE:20200101\nRRULE:FREQ=YEARLY\nEXDATE;VALUE=DATE:20270101\nRDATE;VALUE=DATE:20270104',
      ['2028-01-01', '2027-01-04'],
    ],
    ['what never comes', 'DTSTART;VALUE=DATE:20200131\nRRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', []],
  ])('what comes again is followed through the end of the year after next: %s', (_, event, dates) => {
    expect(read(ical(event)).days.map(({ date }) => date)).toEqual(dates)
  })

  test('a repetition that was moved stands where it was moved to', () => {
    const series = 'UID:a\nSUMMARY:Founders’ day\nDTSTART;VALUE=DATE:20200601\nRRULE:FREQ=YEARLY'
    const moved = 'UID:a\nSUMMARY:Founders’ day\nRECURRENCE-ID;VALUE=DATE:20270601\nDTSTART;VALUE=DATE:20270602'
    expect(daysOf(ical(series, moved)).toSorted()).toEqual(['2027-06-02 Founders’ day', '2028-06-01 Founders’ day'])
  })

  test('a rule that other readers count for ever is read in a moment, and so are thousands', () => {
    const endless = 'DTSTART;VALUE=DATE:20261105\nRRULE:FREQ=YEARLY;BYMONTHDAY=-16;BYDAY=1MO;BYMONTH=2'
    const started = performance.now()
    expect(daysOf(ical(...Array.from({ length: 4_000 }, () => endless)))).toEqual([])
    expect(performance.now() - started).toBeLessThan(5_000)
  })

  test.each([
    [
      'DTSTART:20261224T090000Z\nDTEND:20261224T100000Z',
      'It is not about whole days. Add its days by hand if they are holidays.',
    ],
    ['DTSTART;VALUE=DATE:2026-12-24', 'It has no start such as 20261225. Mend it in the file, or add the day by hand.'],
    ['DTSTART;VALUE=DATE:20260230', 'It has no start such as 20261225. Mend it in the file, or add the day by hand.'],
    ['SUMMARY:Nothing else', 'It has no start such as 20261225. Mend it in the file, or add the day by hand.'],
    [
      'DTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261220',
      'It ends before it begins. Mend it in the file, or add the day by hand.',
    ],
    [
      'DTSTART;VALUE=DATE:20260701\nDTEND;VALUE=DATE:20260901',
      'It lasts 62 days. Add its days by hand if they are holidays.',
    ],
    ['DTSTART;VALUE=DATE:20261224\nSTATUS:CANCELLED', 'It was cancelled.'],
    [
      'DTSTART;VALUE=DATE:20261224\nRRULE:FREQ=WEEKLY',
      'It does not repeat by the year. What is closed each week belongs into the open hours.',
    ],
    [
      'DTSTART;VALUE=DATE:20261224\nRRULE:FREQ=YEARLY;BYSETPOS=-4;BYDAY=MO',
      'How it repeats (BYSETPOS) is not read here. Add its days by hand if they are holidays.',
    ],
  ])('%j is not proposed, and why', (event, problem) => {
    const good = 'DTSTART;VALUE=DATE:20261225\nSUMMARY:Christmas Day'
    expect(read(ical(event, good))).toMatchObject({ skipped: [{ line: 4, problem }], days: [{ date: '2026-12-25' }] })
  })

  test.each([
    [
      'BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Half',
      'The calendar breaks off: END:VCALENDAR is missing. Download or copy all of it again.',
    ],
    ['BEGIN:VCALENDAR\nEND:VCALENDAR', 'The calendar has no events. Export it again with its days.'],
    [
      ical('DTSTART;VALUE=DATE:20261224\nnonsense here'),
      /^Line 6 cannot be read \(.*\)\. Export the calendar again as \.ics\.$/,
    ],
    [ical('DTSTART;VALUE=DATE:20261224\nRRULE:FREQ=NEVER'), /^Line 6 cannot be read \(invalid frequency .*\)\. Export/],
    [
      ical(...Array.from({ length: 100 }, () => 'DTSTART;VALUE=DATE:20260701\nDTEND;VALUE=DATE:20260731')),
      'The calendar has more than 2000 days. Leave out what is no holiday.',
    ],
  ])('%j cannot be read', (text, problem) => {
    expect(problemOf(text)).toMatch(problem)
  })
})

describe('CSV', () => {
  test.each([
    ['without a heading', '2026-12-25,Christmas Day\n2026-12-28,Boxing Day\n'],
    ['with a heading, the name first', 'Holiday,Date\nChristmas Day,2026-12-25\nBoxing Day,2026-12-28\n'],
    [
      'semicolons, as Excel writes them in Europe',
      'Datum;Tag;Bezeichnung\n25.12.2026;Freitag;Christmas Day\n28.12.2026;Montag;Boxing Day',
    ],
    [
      'a byte order mark and Windows line ends',
      '\ufeffdate,name\r\n2026-12-25,Christmas Day\r\n2026-12-28,Boxing Day\r\n',
    ],
    ['tabs', '20261225\tFriday\tChristmas Day\n20261228\tMonday\tBoxing Day'],
    ['day first', '25/12/2026,Christmas Day\n28/12/2026,Boxing Day'],
    ['month first', '12/25/2026,Christmas Day\n12/28/2026,Boxing Day'],
    ['in quotation marks, with times', '"2026-12-25 00:00:00","Christmas Day"\n"2026-12-28T00:00:00Z","Boxing Day"'],
    [
      'empty lines and more columns',
      '\nRegion,Date,Name\n\nEngland,2026-12-25,Christmas Day\nEngland,2026-12-28,Boxing Day,x\n',
    ],
  ])('%s', (_, text) => {
    expect(daysOf(text)).toEqual(['2026-12-25 Christmas Day', '2026-12-28 Boxing Day'])
  })

  test('the day is first by one line that can be nothing else', () => {
    expect(daysOf('03/04/2026,Good Friday\n25/12/2026,Christmas Day')).toEqual([
      '2026-04-03 Good Friday',
      '2026-12-25 Christmas Day',
    ])
  })

  test('a line that has no date is not proposed, and is named', () => {
    const file = read('date,name\n2026-12-25,Christmas Day\n2026-02-30,No day\nsoon,Founders’ day\n,Nothing')
    expect(file.days.map(({ date }) => date)).toEqual(['2026-12-25'])
    const remedy = 'Write it as YYYY-MM-DD, such as 2026-12-25.'
    expect(file.skipped).toEqual([
      { line: 3, problem: `“2026-02-30” is not a date. ${remedy}` },
      { line: 4, problem: `“soon” is not a date. ${remedy}` },
      { line: 5, problem: `There is no date. ${remedy}` },
    ])
  })

  test('numbers of another kind are no dates', () => {
    expect(daysOf('202601,2026-01-01,New Year\n202602,2026-04-03,Good Friday')).toEqual([
      '2026-01-01 New Year',
      '2026-04-03 Good Friday',
    ])
    expect(daysOf('99999901;20261225;Christmas Day\n2026-13-01;20261228;Boxing Day\n20261;;')).toEqual([
      '2026-12-25 Christmas Day',
      '2026-12-28 Boxing Day',
    ])
    expect(problemOf('202601,New Year\n2026101,Good Friday\n2026/101,x')).toMatch(/^No column has dates/)
  })

  test('a first line whose date is wrong is no heading, and is named', () => {
    const remedy = 'Write it as YYYY-MM-DD, such as 2026-12-25.'
    expect(read('2026-02-30,No day\n2026-12-25,Christmas Day')).toMatchObject({
      days: [{ date: '2026-12-25', name: 'Christmas Day' }],
      skipped: [{ line: 1, problem: `“2026-02-30” is not a date. ${remedy}` }],
    })
    expect(read('25 Dec 2026,Christmas Day\n2026-12-28,Boxing Day')).toMatchObject({
      days: [{ date: '2026-12-28', name: 'Boxing Day' }],
      skipped: [{ line: 1, problem: `“25 Dec 2026” is not a date. ${remedy}` }],
    })
  })

  test.each([
    [
      'date,name\n03/04/2026,Good Friday',
      'Line 2: in 03/04/2026 the day or the month may come first. Write dates as YYYY-MM-DD, such as 2026-12-25.',
    ],
    [
      '25/12/2026,a\n12/28/2026,b',
      /^25\/12\/2026 \(line 1\) and 12\/28\/2026 \(line 2\) do not have the day in the same place\. Write/,
    ],
    ['Christmas,Boxing Day\n', /^No column has dates\. Give a date and a name a line/],
    [
      '2026-12-25,"Christmas Day\n2026-12-28,Boxing Day',
      /^Line \d: a quotation mark is in the wrong place, or is not closed\./,
    ],
    ['2026-12-25,a\n'.repeat(2_001), 'It has more than 2000 lines. Leave out what is no holiday.'],
    ['', /^It is empty\./],
    [' \r\n\ufeff', /^It is empty\./],
    [
      '<!doctype html><title>Bank holidays</title>',
      'It is a web page, not a file of dates. Take the link to the .ics or .csv on that page.',
    ],
    ['PK\u0003\u0004\u0014', /^It is a workbook or an archive\./],
    [
      new TextDecoder().decode(Buffer.from('2026-12-25,No\xebl', 'latin1')),
      /^Line 1 has signs that are not UTF-8\. Save the file as UTF-8/,
    ],
    [
      new TextDecoder().decode(Buffer.from('\ufeff2026-12-25,Christmas Day', 'utf16le')),
      /^Line 1 has signs that are not UTF-8\./,
    ],
  ])('%j cannot be read', (text, problem) => {
    expect(problemOf(text)).toMatch(problem)
  })
})

test('half a megabyte of anything is answered in a moment', () => {
  const size = 500_000
  for (const text of [',', 'a,', 'a\n', '"a",\n', '2026-12-25;\n', 'BEGIN:VEVENT\n', ';', '0'].map((one) =>
    one.repeat(size / one.length),
  )) {
    const started = performance.now()
    problemOf(text)
    expect(performance.now() - started, JSON.stringify(text.slice(0, 12))).toBeLessThan(5_000)
  }
})
