import { describe, expect, it } from 'vitest'
import { readSchedule } from '../../jobs/index.ts'
import { jil } from '../kinds/jil.ts'
import { readCalendars } from './calendars.ts'
import { lexJil } from './lex.ts'

/** Calendars as autocal_asc prints them, and what becomes of the jobs that go by them. Monday, 07:00 in London. */

const now = Temporal.Instant.from('2026-11-23T07:00:00Z')
const day = (text: string) => Temporal.Instant.from(`${text}T00:00Z`).epochMilliseconds
const date = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms).toString().slice(0, 10)
const calendarsOf = (text: string) => {
  const { statements } = lexJil({ name: 'cal.txt', text })
  return readCalendars(statements, day('2026-01-01'), day('2026-12-31'))
}
const daysOf = (text: string, name = 'C') => {
  const found = calendarsOf(text).calendarOf(name)
  return found?.unknown ?? found?.days.map(date)
}
const job = (lines: string, calendars: string, switched = 'date_conditions: 1\n') => {
  const files = [
    { name: 'a.jil', text: `insert_job: J\n${switched}${lines}\n` },
    { name: 'cal.txt', text: calendars },
  ]
  const { jobs, findings } = jil.read(files, { zone: 'Europe/London', host: null, now })
  const schedule = jobs[0]?.schedule
  if (!schedule) throw new Error('There is no schedule.')
  const next: string[] = []
  for (
    let at = readSchedule(schedule)(now.epochMilliseconds);
    at !== null && next.length < 3;
    at = readSchedule(schedule)(at)
  )
    next.push(Temporal.Instant.fromEpochMilliseconds(at).toString())
  return {
    next,
    rules: findings.map((f) => [f.line, f.rule]),
    messages: findings.map((f) => f.message),
    kind: schedule.kind,
  }
}

describe('dates', () => {
  it('are read with times or without, in any order, each once', () => {
    expect(daysOf('calendar: C\ndescription: x\n12/28/2026 00:00\n12/25/2026\n12/25/2026 00:00:00\n')).toEqual([
      '2026-12-25',
      '2026-12-28',
    ])
  })

  it('have the day first where that is the only way to read them all', () => {
    expect(daysOf('calendar: C\n01/02/2027\n25/12/2026\n')).toEqual(['2026-12-25', '2027-02-01'])
    expect(daysOf('calendar: C\n01/02/2027\n')).toEqual(['2027-01-02'])
  })

  it('that are none are told, with their lines', () => {
    const { findings } = calendarsOf('calendar: C\n12/25/2026\n02/30/2026\n13/13/2026\n12/25/9999\n')
    expect(findings.map((f) => [f.line, f.rule])).toEqual([
      [3, 'no-date'],
      [4, 'no-date'],
      [5, 'no-date'],
    ])
  })
})

describe('rules of an extended calendar', () => {
  const rule = (condition: string, more = '') =>
    daysOf(
      `calendar: H\n12/25/2026\n12/28/2026\n05/01/2026\n\nextended_calendar: C\nholcal: H\n${more}condition: ${condition}\n`,
    )
  it.each([
    ['nov & fri', ['2026-11-06', '2026-11-13', '2026-11-20', '2026-11-27']],
    ['(nov|dec) & MON#1', ['2026-11-02', '2026-12-07']],
    ['nov AND MONM1', ['2026-11-30']],
    ['nov & MON#L', ['2026-11-30']],
    ['nov & {workd#1}', ['2026-11-02']],
    ['aug & WORKD#03', ['2026-08-05']],
    ['may & WORKDM1', ['2026-05-29']],
    ['may & EOMWORK', ['2026-05-29']],
    ['aug & FOMWORK', ['2026-08-03']],
    ['feb & EOM', ['2026-02-28']],
    ['feb & FOM', ['2026-02-01']],
    ['feb & MNTHD#15', ['2026-02-15']],
    ['feb & MNTHDM02', ['2026-02-27']],
    ['feb#10', ['2026-02-10']],
    ['febM10, mar#01', ['2026-02-19', '2026-03-01']],
    ['dec & WEEKDAYS & NOT MNTHD#31 & MNTHDM07 | dec#25', ['2026-12-25']],
    ['feb & NOT MNTHDX28', ['2026-02-28']],
    ['feb & XEOM & MNTHDM02', ['2026-02-27']],
    ['nov & Xfri#2 & fri', ['2026-11-06', '2026-11-20', '2026-11-27']],
  ])('%s', (condition, days) => {
    expect(rule(condition)).toEqual(days)
  })

  it.each([
    ['holiday: O', ['2026-12-25', '2026-12-28']],
    ['holiday: S', ['2026-12-25', '2026-12-28']],
    ['holiday: N', ['2026-12-26', '2026-12-29']],
    ['holiday: W', ['2026-12-29']],
    ['holiday: P', ['2026-12-24']],
    ['non_workday: W', ['2026-12-29']],
    ['adjust: -1', ['2026-12-24', '2026-12-27']],
    ['holiday: P\nadjust: +1', ['2026-12-25']],
  ])('moves what falls on a holiday as %s says', (more, days) => {
    expect(rule('dec#25 | dec#28', `${more}\n`)).toEqual(days)
  })

  it('moves what falls on a day off, by the working days that it names', () => {
    expect(rule('aug#01', 'non_workday: W\n')).toEqual(['2026-08-03'])
    expect(rule('aug#01', 'non_workday: P\n')).toEqual(['2026-07-31'])
    expect(rule('aug#01', 'workday: mo,tu,we,th,fr,sa\nnon_workday: W\n')).toEqual(['2026-08-01'])
    expect(rule('aug#01', 'workday: all\nnon_workday: W\n')).toEqual(['2026-08-01'])
    expect(rule('aug#01', 'workday: .XXXX..\nnon_workday: W\n')).toEqual(['2026-08-04'])
  })

  it('goes by the periods of a cycle', () => {
    const cycle =
      'cycle: Q\nstart_date: 03/30/2026\nend_date: 04/03/2026\nstart_date: 06/29/2026\nend_date: 07/01/2026\n'
    const by = (condition: string) => daysOf(`${cycle}extended_calendar: C\ncyccal: Q\ncondition: ${condition}\n`)
    expect(by('CYCL#2')).toEqual(['2026-03-31', '2026-06-30'])
    expect(by('CYCLM1')).toEqual(['2026-04-03', '2026-07-01'])
    expect(by('CWRK#L & CYCLE')).toEqual(['2026-04-03', '2026-07-01'])
    expect(by('Cwed#1')).toEqual(['2026-04-01', '2026-07-01'])
  })

  it('are told where they are not known', () => {
    expect(rule('WEEK#02')).toBe('its rule WEEK#02 is not known here')
    expect(rule('mon &')).toBe('its rule ends too early')
    expect(rule('(mon')).toBe('a parenthesis of its rule is not closed')
    expect(daysOf('extended_calendar: C\nholcal: NONE\ncondition: mon\n')).toBe(
      'its calendar of holidays NONE is not among the files',
    )
    expect(daysOf('extended_calendar: C\ncyccal: NONE\ncondition: CYCLE\n')).toBe(
      'its cycle NONE is not among the files',
    )
    expect(daysOf('extended_calendar: C\nholcal: C\ncondition: mon\n')).not.toContain('unknown')
  })

  it('give way to dates that stand in it', () => {
    expect(daysOf('extended_calendar: C\ncondition: WEEK#02\n12/24/2026\n')).toEqual(['2026-12-24'])
  })
})

describe('a job', () => {
  const month = 'calendar: M\n11/30/2026\n12/31/2026\n01/29/2027\n'
  it('runs on the days of its calendar, at its own times', () => {
    expect(job('run_calendar: M\nstart_times: "23:30"', month)).toMatchObject({
      next: ['2026-11-30T23:30:00Z', '2026-12-31T23:30:00Z', '2027-01-29T23:30:00Z'],
      rules: [],
    })
  })

  it('at the times of the calendar where it has none, else at midnight', () => {
    const rows = '10/30/2026 01:00\n11/30/2026 21:15\n11/30/2026 06:00\n12/31/2026 00:00\n'
    expect(job('run_calendar: M', `calendar: M\n${rows}`)).toMatchObject({
      next: ['2026-11-30T06:00:00Z', '2026-11-30T21:15:00Z', '2026-12-31T00:00:00Z'],
      rules: [],
    })
    expect(job('run_calendar: M', month).next[0]).toBe('2026-11-30T00:00:00Z')
    expect(job('run_calendar: M\ncondition: s(J)', month)).toMatchObject({ next: [], kind: 'waits' })
  })

  it('but for the days of another calendar, or of its week', () => {
    expect(
      job('run_calendar: M\nexclude_calendar: X\nstart_times: "23:30"', `${month}calendar: X\n12/31/2026\n`).next,
    ).toEqual(['2026-11-30T23:30:00Z', '2027-01-29T23:30:00Z'])
    expect(
      job('days_of_week: mo,tu\nexclude_calendar: X\nstart_times: "23:30"', 'calendar: X\n11/24/2026\n').next,
    ).toEqual(['2026-11-23T23:30:00Z', '2026-11-30T23:30:00Z', '2026-12-01T23:30:00Z'])
  })

  it('is expected at no time where its calendar is missing or has ended, which is told', () => {
    const past = 'calendar: M\n10/30/2026\n11/20/2026\n'
    expect(job('run_calendar: M\nstart_times: "23:30"', '')).toMatchObject({
      kind: 'waits',
      rules: [[3, 'no-calendar']],
      messages: [expect.stringContaining('Add what autocal_asc -E prints of it.')],
    })
    expect(job('run_calendar: M\nstart_times: "23:30"', past)).toMatchObject({
      kind: 'waits',
      rules: [[3, 'calendar-ended']],
    })
    expect(job('run_calendar: M\nstart_times: "23:30"', 'calendar: M\n')).toMatchObject({ rules: [[3, 'no-calendar']] })
    expect(job('exclude_calendar: M\nstart_times: "23:30"', past)).toMatchObject({
      kind: 'cron',
      rules: [[3, 'calendar-ended']],
    })
    expect(job('exclude_calendar: M\nstart_times: "23:30"', '')).toMatchObject({
      kind: 'cron',
      rules: [[3, 'no-calendar']],
    })
  })

  it('is told how far a schedule can hold its days, by rule or by number', () => {
    const dates = Array.from({ length: 900 }, (_, n) => date(day('2026-12-01') + n * 86_400_000))
    const rows = dates
      .filter((d) => Temporal.PlainDate.from(d).dayOfWeek < 6)
      .map((d) => `${d.slice(5, 7)}/${d.slice(8)}/${d.slice(0, 4)}`)
    expect(job('run_calendar: M\nstart_times: "23:30"', `calendar: M\n${rows.join('\n')}\n`)).toMatchObject({
      rules: [[3, 'calendar-cut']],
      messages: [expect.stringMatching(/up to 2028-\d\d-\d\d; after that it is expected at no time/)],
    })
    expect(job('run_calendar: M\nstart_times: "23:30"', 'extended_calendar: M\ncondition: EOM\n')).toMatchObject({
      next: ['2026-11-30T23:30:00Z', '2026-12-31T23:30:00Z', '2027-01-31T23:30:00Z'],
      rules: [[3, 'calendar-cut']],
    })
  })
})
