import { describe, expect, it } from 'vitest'
import type { JobSchedule } from '../../../../contract/jobs/schedule.ts'
import { afterOf } from '../../jobs/index.ts'
import type { ImportFile, Reading } from '../define-importer.ts'
import { controlm } from '../kinds/controlm.ts'

/** When Control-M orders a job and from which time on it may start. Monday, 23 November 2026. */

const now = Temporal.Instant.from('2026-11-23T07:00:00Z')
const read = (...texts: string[]): Reading =>
  controlm.read(
    texts.map((text, at): ImportFile => ({ name: `f${at}`, text })),
    { zone: 'Europe/London', host: null, now },
  )
const xmlJob = (name: string, says: string) => `<JOB JOBNAME="${name}" ${says}/>`
const xmlOf = (job: string) => `<DEFTABLE><FOLDER DATACENTER="C" FOLDER_NAME="F">\n${job}</FOLDER></DEFTABLE>`
const jsonOf = (jobs: object, type = 'SimpleFolder', more: object = {}) =>
  JSON.stringify({ F: { Type: type, ControlmServer: 'C', ...more, ...jobs } })
const command = (more: object = {}) => ({ Type: 'Job:Command', Command: 'x', ...more })
const named = ({ jobs }: Reading, name: string) => jobs.find((j) => j.name === name)
/** The next times, as 11-23 09:00 in London. */
const next = (schedule: JobSchedule | null, count: number): string[] => {
  const found: string[] = []
  for (let at: number | null = now.epochMilliseconds; schedule && at !== null && found.length < count; ) {
    at = afterOf(schedule)(at)
    if (at !== null)
      found.push(
        Temporal.Instant.fromEpochMilliseconds(at)
          .toZonedDateTimeISO('Europe/London')
          .toPlainDateTime()
          .toString()
          .slice(5, 16)
          .replace('T', ' '),
      )
  }
  return found
}
const rulesOf = ({ findings }: Reading) => findings.map((f) => f.rule)

describe('days and times', () => {
  const months = 'JAN="1" FEB="1" MAR="1" APR="1" MAY="1" JUN="1" JUL="1" AUG="1" SEP="1" OCT="1" NOV="1" DEC="1"'
  const calendar = (signs: string, year = 2026) =>
    `<DEFCAL><CALENDAR NAME="W" TYPE="Regular"><YEAR NAME="${year}" DAYS="${signs}"/></CALENDAR></DEFCAL>`
  /** The last two weeks of November and the first of December. */
  const workdays = [...'N'.repeat(372)]
  for (const day of [16, 17, 18, 19, 20, 23, 24, 25, 26, 27, 30]) workdays[310 + day - 1] = 'Y'
  for (const day of [1, 2, 3, 4]) workdays[341 + day - 1] = 'Y'
  it.each([
    ['DAYS="ALL" TIMEFROM="2230"', '30 22 * * *'],
    ['WEEKDAYS="0,6" TIMEFROM="0900"', '0 9 * * 0,6'],
    ['WEEKDAYS="5" TIMEFROM="0200"', '0 2 * * 6'],
    [`DAYS="1,2,3,15" TIMEFROM="0900" ${months.replace('MAR="1"', 'MAR="0"')}`, '0 9 1-3,15 1,2,4-12 *'],
    ['DAYS="1" WEEKDAYS="1" DAYS_AND_OR="O" TIMEFROM="0900"', '0 9 1 * 1'],
    ['DAYS="ALL" WEEKDAYS="1" DAYS_AND_OR="A" TIMEFROM="0900"', '0 9 * * 1'],
    ['DAYS="ALL" WEEKDAYS="1" DAYS_AND_OR="O" TIMEFROM="0900"', '0 9 * * *'],
    ['DAYS="ALL" CYCLIC="1" INTERVAL="00010M" TIMEFROM="0800" TIMETO="0930"', '*/10 8 * * *\n0,10,20,30 9 * * *'],
    ['DAYS="ALL" CYCLIC="1" CYCLIC_TYPE="S" CYCLIC_TIMES_SEQUENCE="0900,1430"', '0 9 * * *\n30 14 * * *'],
    [
      'DAYS="ALL" CYCLIC="1" CYCLIC_TYPE="V" CYCLIC_INTERVAL_SEQUENCE="+30M,+2H" TIMEFROM="0900"',
      '*/30 9 * * *\n30 11 * * *',
    ],
    ['WEEKDAYS="1" CYCLIC="1" INTERVAL="00006H" TIMEFROM="2200" TIMETO="0600"', '0 22 * * 1\n0 4 * * 2'],
  ])('%s', (says, expression) => {
    const { schedule } = named(read(xmlOf(xmlJob('A', says))), 'A') ?? {}
    expect(schedule).toMatchObject({ kind: expression.includes('Sat') ? 'oncalendar' : 'cron', expression })
  })

  it.each([
    ['DAYS="1" TIMEFROM="0200"', '12-02 02:00, 01-02 02:00'],
    [
      'DAYS="ALL" DAYSCAL="W" TIMEFROM="0900"',
      '11-23 09:00, 11-24 09:00, 11-25 09:00, 11-26 09:00, 11-27 09:00, 11-30 09:00, 12-01 09:00',
    ],
    [
      'DAYS="ALL" DAYSCAL="W" TIMEFROM="0100"',
      '11-24 01:00, 11-25 01:00, 11-26 01:00, 11-27 01:00, 11-28 01:00, 12-01 01:00',
    ],
    ['DAYS="D1,L1" DAYSCAL="W" TIMEFROM="0900"', '11-30 09:00, 12-01 09:00, 12-04 09:00'],
    ['DAYS="&gt;28" DAYSCAL="W" TIMEFROM="0900"', '11-30 09:00'],
    ['DAYS="&lt;28" DAYSCAL="W" TIMEFROM="0900"', '11-27 09:00, 12-04 09:00'],
    ['DAYS="25,28,+29" DAYSCAL="W" TIMEFROM="0900"', '11-25 09:00, 11-29 09:00, 12-29 09:00'],
    ['DAYS="&gt;28,-30" DAYSCAL="W" TIMEFROM="0900"', ''],
    ['DAYS="-24,-25" DAYSCAL="W" TIMEFROM="0900"', '11-23 09:00, 11-26 09:00, 11-27 09:00, 11-30 09:00, 12-01 09:00'],
    ['WEEKDAYS="D1" WEEKSCAL="W" TIMEFROM="0900"', '11-23 09:00, 11-30 09:00'],
    ['WEEKDAYS="D1W1" TIMEFROM="0900"', '12-07 09:00, 01-04 09:00, 02-01 09:00'],
    ['WEEKDAYS="6" CONFCAL="W" SHIFT="Next Day" TIMEFROM="0900"', '11-23 09:00, 11-30 09:00'],
    ['WEEKDAYS="6" CONFCAL="W" SHIFT="Prev Day" TIMEFROM="0900"', '11-27 09:00, 12-04 09:00'],
    ['WEEKDAYS="1,6" CONFCAL="W" SHIFT="Ignore Job" TIMEFROM="0900"', '11-23 09:00, 11-30 09:00'],
    ['WEEKDAYS="6" CONFCAL="W" SHIFT="Ignore Job" SHIFTNUM="+02" TIMEFROM="0900"', '11-23 09:00, 11-30 09:00'],
    ['DAYS="ALL" TIMEFROM="0900" ACTIVE_TILL="20261125"', '11-23 09:00, 11-24 09:00, 11-25 09:00'],
    ['DAYS="ALL" TIMEFROM="0900" ACTIVE_FROM="20261214"', '12-14 09:00, 12-15 09:00'],
    ['DATE="1224,1231" TIMEFROM="0900"', '12-24 09:00, 12-31 09:00'],
    ['DAYS="25" DAYSCAL="W" CYCLIC="1" INTERVAL="00006H" TIMEFROM="2000" TIMETO="0300"', '11-25 20:00, 11-26 02:00'],
  ])('%s: %s', (says, dates) => {
    const found = named(read(xmlOf(xmlJob('A', says)), calendar(workdays.join(''))), 'A')
    const wanted = dates ? dates.split(', ') : []
    expect(next(found?.schedule ?? null, wanted.length)).toEqual(wanted)
  })

  it('are the same on the day after, so that a second import changes nothing', () => {
    const text = xmlOf(xmlJob('A', 'DAYS="ALL" DAYSCAL="W" TIMEFROM="0900"'))
    const on = (day: string) =>
      controlm.read(
        [text, calendar(workdays.join(''))].map((t) => ({ name: 'x', text: t })),
        {
          zone: 'Europe/London',
          host: null,
          now: Temporal.Instant.from(`${day}T07:00:00Z`),
        },
      ).jobs
    expect(on('2026-12-02')).toEqual(on('2026-11-23'))
  })

  it.each([
    ['DAYS="ALL" CYCLIC="1" INTERVAL="00030S"', { schedule: { kind: 'period', seconds: 30 } }, []],
    [
      'DAYS="ALL" CYCLIC="1" INTERVAL="00010M" IND_CYCLIC="E"',
      { schedule: { kind: 'period', seconds: 600 } },
      ['after-its-end'],
    ],
    ['', { schedule: null, unscheduled: expect.stringContaining('on no date') }, []],
    ['DAYS="ALL" DAYSCAL="GONE" TIMEFROM="0900"', { schedule: null }, ['calendar-unknown']],
    ['DAYS="1,LATE" TIMEFROM="0900"', { schedule: { expression: '0 9 1 * *' } }, ['day-unread']],
    ['DAYS="ALL"', { schedule: { expression: '0 7 * * *' } }, ['new-day']],
    ['DAYS="ALL" TIMEFROM="0900" TIMEZONE="Asia/Tokyo"', { schedule: { zone: 'Asia/Tokyo' } }, []],
    ['DAYS="ALL" TIMEFROM="0900" TIMEZONE="XYZ"', { schedule: { zone: 'Europe/London' } }, ['zone-unknown']],
    ['DAYS="ALL" TIMEFROM="0900" TIMETO="&gt;"', { waits: { window: null } }, []],
    ['DAYS="ALL" TIMEFROM="0900" TIMETO="1130"', { waits: { window: { from: '09:00', to: '11:30' } } }, []],
    ['DAYS="ALL" TIMEFROM="0900" RUN_AS_DUMMY="Y"', { waits: { hold: 'bypassed' } }, []],
    ['DAYS="ALL" TIMEFROM="0900" TASKTYPE="Dummy"', { waits: { hold: 'none', typicalSeconds: 1 } }, []],
    ['DAYS="ALL" TIMEFROM="0900" MAXRERUN="999"', { waits: { retries: 100 } }, []],
  ])('%s: %j', (says, made, rules) => {
    const found = read(xmlOf(xmlJob('A', says)))
    expect(named(found, 'A')).toMatchObject(made)
    expect(rulesOf(found)).toEqual(rules)
  })

  it('says of a calendar that it ends, or has ended, where it stands', () => {
    const job = xmlOf(xmlJob('A', 'DAYS="ALL" DAYSCAL="W" TIMEFROM="0900"'))
    expect(read(job, calendar(workdays.join(''))).findings).toMatchObject([
      { rule: 'calendar-ends', severity: 'info', file: 'f1' },
    ])
    const old = read(job, calendar('Y'.repeat(365), 2025))
    expect([rulesOf(old), named(old, 'A')?.schedule]).toEqual([['calendar-ends', 'no-day'], null])
    expect(rulesOf(read(job, calendar('YN')))).toContain('calendar-unread')
  })

  it('in a smart folder are those of the folder, unless the job has its own', () => {
    const when = { WeekDays: ['MON'], FromTime: '2100' }
    const of = (more: object, folder: object = { When: when }) =>
      named(read(jsonOf({ A: command(more) }, 'Folder', folder)), 'A')?.schedule
    expect(of({})).toMatchObject({ kind: 'waits' })
    expect(of({ When: { WeekDays: ['NONE'], MonthDays: ['ALL'], DaysRelation: 'OR' } })).toMatchObject({
      kind: 'waits',
    })
    expect(of({ When: { FromTime: '2330' } })).toMatchObject({ expression: '30 23 * * 1' })
    expect(of({ When: { MonthDays: ['1'] } })).toMatchObject({ expression: '0 21 1 * *' })
    const rules = { Included: ['R'], R: { Type: 'Calendar:RuleBased', When: { WeekDays: ['TUE'] } } }
    expect(
      of(
        { When: { RuleBasedCalendars: { Included: ['R'] }, FromTime: '2200' } },
        { When: { RuleBasedCalendars: rules } },
      ),
    ).toMatchObject({ expression: '0 22 * * 2' })
    expect(of({ When: { FromTime: '2330' } }, { OrderMethod: 'Manual', When: when })).toMatchObject({ kind: 'waits' })
  })

  it('by a rule of one name are those of its own folder, and by a calendar those of its own server', () => {
    const folder = (server: string, weekday: string) => ({
      Type: 'Folder',
      ControlmServer: server,
      When: {
        RuleBasedCalendars: { Included: ['R'], R: { Type: 'Calendar:RuleBased', When: { WeekDays: [weekday] } } },
        FromTime: '2200',
      },
    })
    const calendar = (Server: string, day: string) => ({
      W: { Type: 'Calendar:Regular', Server, When: { Years: [{ Year: '2026', DEC: [day] }] } },
    })
    const when = { MonthDays: ['ALL'], MonthDaysCalendar: 'W', FromTime: '0900' }
    const plain = (server: string) => ({
      [`P${server}`]: { Type: 'SimpleFolder', ControlmServer: server, [`J${server}`]: command({ When: when }) },
    })
    const found = read(
      JSON.stringify({ F: folder('C', 'MON'), G: folder('C', 'TUE'), ...plain('C'), ...calendar('C', '24') }),
      JSON.stringify({ ...plain('D'), ...plain('E'), ...calendar('D', '31') }),
    )
    const times = (name: string) => next(named(found, name)?.schedule ?? null, 1)
    expect([times('F'), times('G'), times('JC'), times('JD'), times('JE')]).toEqual([
      ['11-23 22:00'],
      ['11-24 22:00'],
      ['12-24 09:00'],
      ['12-31 09:00'],
      [],
    ])
    expect(rulesOf(found)).toEqual(['calendar-ends', 'calendar-ends', 'calendar-unknown'])
  })

  it('excluded ones are taken away', () => {
    const when = { WeekDays: ['MON'], FromTime: '0900', RuleBasedCalendars: { Excluded: ['OFF'] } }
    const text = jsonOf({ A: command({ When: when }) })
    const off =
      '{"OFF": {"Type": "Calendar:Regular", "Server": "Global", "When": {"Years": [{"Year": "2026", "NOV": ["30"]}]}}}'
    expect(next(named(read(text, off), 'A')?.schedule ?? null, 3)).toEqual([
      '11-23 09:00',
      '12-07 09:00',
      '12-14 09:00',
    ])
  })
})
