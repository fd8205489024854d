import { describe, expect, it } from 'vitest'
import type { ImportFile, Reading } from '../define-importer.ts'
import { ImportError } from '../import-error.ts'
import { jil } from '../kinds/jil.ts'

/** What AutoSys means by its lines, one by one. Monday, 07:00 in London. */

const now = Temporal.Instant.from('2026-11-23T07:00:00Z')
const readFiles = (...files: ImportFile[]): Reading => jil.read(files, { zone: 'Europe/London', host: null, now })
const read = (text: string): Reading => readFiles({ name: 'a.jil', text })
const names = ({ jobs }: Reading) => jobs.map((j) => j.name)
const refusals = ({ refused }: Reading) => refused.map((r) => [r.line, r.reason])
const rulesAt = ({ findings }: Reading) => findings.map((f) => [f.line, f.rule])
/** The job J with these lines below it. */
const one = (lines: string, more: Partial<Record<'before' | 'calendars', string>> = {}) => {
  const text = `insert_job: J   job_type: CMD\nmachine: m1\n${lines}\n${more.before ?? ''}`
  const reading = readFiles({ name: 'a.jil', text }, { name: 'cal.txt', text: more.calendars ?? '' })
  const job = reading.jobs.find((j) => j.name === 'J')
  if (!job) throw new Error('There is no J.')
  return { ...job, rules: reading.findings.map((f) => f.rule), messages: reading.findings.map((f) => f.message) }
}
const timed = (lines: string, calendars = '') => one(`date_conditions: 1\n${lines}`, { calendars })
const cron = (expression: string, zone = 'Europe/London') => ({ kind: 'cron', expression, zone })
const waits = (zone = 'Europe/London') => ({ kind: 'waits', zone })

describe('lines', () => {
  it('are cut at the first colon, whose key is in any letters; a colon of the value stays', () => {
    expect(one('COMMAND: /run.sh --at 22:00 C\\:\\\\data\nDescription : "End: of day"')).toMatchObject({
      command: '/run.sh --at 22:00 C:\\\\data',
      description: 'End: of day',
      rules: [],
    })
  })

  it('may hold the type beside the name, by blanks or tabs, or have it on a line of its own', () => {
    const types = read(
      'insert_job: A   job_type: BOX\ninsert_job: B\tjob_type:b\ninsert_job: C\n\tjob_type: BOX\ninsert_job: D\n',
    )
    expect(types.jobs.map((j) => [j.name, j.waits?.isBox])).toEqual([
      ['A', true],
      ['B', true],
      ['C', true],
      ['D', false],
    ])
  })

  it('of comments are left out; a # within a line, and a sign of the shell, are of the value', () => {
    const text = `/* one */ insert_job: A
/* over
   lines: insert_job: X
*/
  # insert_job: Y
command: /run.sh # not a comment
/* before */ machine: m1 /* after */
insert_job: B /* the second */
command: rm -f /tmp/*.lock /var/*/old
`
    expect(read(text).jobs).toMatchObject([
      { name: 'A', command: '/run.sh # not a comment', host: 'm1' },
      { name: 'B', command: 'rm -f /tmp/*.lock /var/*/old' },
    ])
  })

  it('of a list go on over the next ones', () => {
    expect(timed('start_times: "10:00,\n  14:00,\n  18:00"\ndays_of_week: mo')).toMatchObject({
      schedule: cron('0 10,14,18 * * 1'),
      rules: [],
    })
    expect(timed('start_mins: 0\n15,30')).toMatchObject({ schedule: cron('0,15,30 * * * *') })
  })

  it('read the same with tabs, and keep what Latin-1 wrote', () => {
    const text = 'insert_job: A\n\tdescription:\t"Zürich café"\n\tdate_conditions:\t1\n\tstart_times:\t"07:00"\n'
    expect(read(text.replaceAll('\n', '\r\n')).jobs).toMatchObject([
      { description: 'Zürich café', schedule: cron('0 7 * * *') },
    ])
  })

  it('whose letters were lost on their way here are told', () => {
    expect(rulesAt(read('insert_job: A\ndescription: Z\ufffdrich\n'))).toEqual([[2, 'lost-signs']])
  })

  it('that mean nothing are refused, each by itself', () => {
    const text =
      'machine: m0\ninsert_job: A\nnonsense\ncommand: x\n  1 2 3\ninsert_widget: W\nmachine: m9\ninsert_job: B\nmachine: m1\n'
    const reading = read(text)
    expect(refusals(reading)).toEqual([
      [1, expect.stringContaining('before any statement')],
      [3, expect.stringContaining('neither')],
      [5, expect.stringContaining('neither')],
      [6, expect.stringContaining('insert_widget')],
    ])
    expect(reading.jobs.map((j) => [j.name, j.host])).toEqual([
      ['A', null],
      ['B', 'm1'],
    ])
  })

  it('tell what is not closed, said twice, and two on one line', () => {
    const text = `insert_job: A
start_times: "10:00, 14:00
date_conditions: 1
description: the end
description: "the other" end
machine: m1   owner: batch
command: awk -F'"' '{print}' "$1"
/* never closed
insert_job: B
`
    const reading = read(text)
    expect(rulesAt(reading)).toEqual([
      [2, 'open-quote'],
      [5, 'said-twice'],
      [6, 'two-on-a-line'],
      [8, 'open-comment'],
    ])
    expect(reading.jobs).toMatchObject([{ name: 'A', schedule: cron('0 10,14 * * *'), description: 'the other" end' }])
  })
})

describe('statements', () => {
  it('of the database leave what they would leave there', () => {
    const text = `insert_job: A
machine: m1
owner: a
update_job: A
machine: m2
owner:
insert_job: BOX1   job_type: BOX
insert_job: IN_BOX
box_name: BOX1
insert_job: NESTED   job_type: BOX
box_name: BOX1
insert_job: DEEP
box_name: NESTED
insert_job: BOX2   job_type: BOX
insert_job: STAYS
box_name: BOX2
delete_box: BOX1
delete_job: BOX2
rename_job: A
new_name: A2
insert_job: BOX3   job_type: BOX
insert_job: MEMBER
box_name: BOX3
rename_job: BOX3
new_name: BOX4
override_job: A2
machine: m9
override_job: A2 delete
delete_job: NOBODY
`
    const reading = read(text)
    expect(reading.jobs.map((j) => [j.name, j.host, j.waits?.box, j.attributes.owner])).toEqual([
      ['STAYS', null, null, undefined],
      ['A2', 'm2', null, undefined],
      ['BOX4', null, null, undefined],
      ['MEMBER', null, 'BOX4', undefined],
    ])
    expect(rulesAt(reading)).toEqual([
      [26, 'override'],
      [29, 'deletes-unknown'],
    ])
  })

  it('that cannot be are refused, with the line and the remedy', () => {
    const text = `insert_job: A
insert_job: A
update_job: B
rename_job: C
new_name: D
rename_job: A
rename_job: A
new_name: A
insert_job: two words
insert_job: ${'x'.repeat(65)}
`
    expect(refusals(read(text))).toEqual([
      [2, expect.stringMatching(/stands in line 1 already.*update_job/)],
      [3, expect.stringContaining('autorep -J B -q')],
      [4, expect.stringContaining('no insert_job')],
      [6, expect.stringContaining('new_name')],
      [7, expect.stringContaining('stands in line 1 already')],
      [9, expect.stringContaining('“two words” is no name')],
      [10, expect.stringContaining('is no name')],
    ])
  })

  it('of other things are counted, and no jobs', () => {
    const reading = read('insert_machine: m1\ntype: a\ninsert_machine: m2\ninsert_global: X\nvalue: 1\ninsert_job: A\n')
    expect(reading.findings.map((f) => [f.line, f.message])).toEqual([
      [
        1,
        '2 statements insert_machine are left out: only jobs, calendars, amounts of resources and loads of machines are imported.',
      ],
      [
        4,
        'A statement insert_global is left out: only jobs, calendars, amounts of resources and loads of machines are imported.',
      ],
    ])
    expect(names(reading)).toEqual(['A'])
  })

  it('more than can be read at once are refused before they take room', () => {
    expect(() => read(`insert_job: A\n${'odd\n'.repeat(30_000)}`)).toThrow(/more than 20000 of its lines/)
    const many = Array.from({ length: 50_001 }, (_, at) => `insert_job: A${at}\n`).join('')
    expect(() => read(many)).toThrow(/50001 jobs in it; at most 50000/)
    expect(() => read(`insert_job: A\n${'\n'.repeat(1_500_001)}`)).toThrow(/lines in it; at most 1500000/)
  })

  it('without any job say what to add', () => {
    expect(() => read('calendar: X\n12/25/2026\n')).toThrow(ImportError)
    expect(() => read('delete_job: X\n')).toThrow(/autorep -J ALL -q/)
  })
})

describe('times', () => {
  it.each([
    ['days_of_week: mo,tu,we,th,fr\nstart_times: "22:00"', cron('0 22 * * 1-5')],
    ['days_of_week: all\nstart_times: "10:00, 14:30"', cron('0 10 * * *\n30 14 * * *')],
    ['days_of_week: Monday, su\nstart_times: 10\\:00', cron('0 10 * * 0,1')],
    ['days_of_week: fr\nstart_mins: 5,35', cron('5,35 * * * 5')],
    ['start_mins: 0,30\nrun_window: "08:00-10:15"', cron('0,30 8,9 * * *\n0 10 * * *')],
    ['start_times: "07:00"\ntimezone: Asia/Tokyo', cron('0 7 * * *', 'Asia/Tokyo')],
    ['start_times: "07:00"\ntimezone: Chicago', cron('0 7 * * *', 'America/Chicago')],
    ['start_times: "07:00"\ntimezone: US/Eastern', cron('0 7 * * *', 'US/Eastern')],
  ])('%s', (lines, schedule) => {
    expect(timed(lines)).toMatchObject({ schedule, rules: [] })
  })

  it.each([
    ['no-zone', 'start_times: "07:00"\ntimezone: Mars/Phobos', cron('0 7 * * *')],
    ['no-time', 'start_times: "07:00, 24:00, noon"', cron('0 7 * * *')],
    ['no-time', 'start_mins: 0,60', cron('0 * * * *')],
    ['no-time', 'start_times: "07:00"\nrun_window: "22:00"', cron('0 7 * * *')],
    ['no-day', 'start_times: "07:00"\ndays_of_week: mo,xx', cron('0 7 * * 1')],
    ['outside-window', 'start_times: "12:00"\nrun_window: "22:00-06:00"', cron('0 12 * * *')],
    ['no-times', 'days_of_week: mo', waits()],
    ['too-many-times', `start_times: "${Array.from({ length: 22 }, (_, h) => `${h}:${10 + h}`).join(', ')}"`, waits()],
  ])('%s: %s', (rule, lines, schedule) => {
    expect(timed(lines)).toMatchObject({ schedule, rules: [rule] })
  })

  it('of which AutoSys takes one only are told', () => {
    expect(timed('start_times: "07:00"\nstart_mins: 0')).toMatchObject({
      schedule: waits(),
      rules: ['two-starts'],
    })
    expect(timed('start_times: "07:00"\ndays_of_week: mo\nrun_calendar: C', 'calendar: C\n12/01/2026\n')).toMatchObject(
      {
        schedule: { kind: 'oncalendar', expression: '2026-12-1 7:00' },
        rules: ['two-days'],
      },
    )
  })

  it('do not hold while date_conditions is off, which is told unless there are none', () => {
    const off = one(
      'days_of_week: mo\nstart_times: "07:00"\nrun_window: "06:00-08:00"\nmust_complete_times: "08:00"\ntimezone: Tokyo',
    )
    expect(off).toMatchObject({
      schedule: waits(),
      deadlines: [],
      waits: { window: null },
      rules: ['switch-off'],
      messages: [
        'J: date_conditions is not 1, so that AutoSys does not look at days_of_week, start_times, run_window, must_complete_times. Set it, or remove them.',
      ],
    })
    expect(one('date_conditions: 0\nstart_times: "07:00"').rules).toEqual(['switch-off'])
    expect(one('date_conditions: 0').rules).toEqual([])
  })
})

describe('what it is held to', () => {
  it.each([
    ['start_times: "22:00"\nmust_complete_times: "29:30"', [{ kind: 'by', name: 'J', time: '05:30', days: 1 }]],
    ['start_times: "22:00"\nmust_complete_times: "71:59"', [{ kind: 'by', name: 'J', time: '23:59', days: 2 }]],
    ['start_times: "22:00"\nmust_complete_times: +150', [{ kind: 'by', name: 'J', time: '00:30', days: 1 }]],
    [
      'start_times: "06:00, 18:00"\nmust_complete_times: "07:00, 19:00"',
      [
        { kind: 'by', name: 'J (1 of 2)', time: '07:00', days: 0 },
        { kind: 'by', name: 'J (2 of 2)', time: '19:00', days: 0 },
      ],
    ],
    [
      'start_times: "06:00, 18:00"\nmust_complete_times: "+60"',
      [
        { kind: 'by', time: '07:00' },
        { kind: 'by', time: '19:00' },
      ],
    ],
    ['start_mins: 0,30\nmust_complete_times: +10', [{ kind: 'in', name: 'J', seconds: 600 }]],
  ])('%s', (lines, deadlines) => {
    expect(timed(lines)).toMatchObject({ deadlines, rules: [] })
  })

  it.each([
    ['deadline-count', 'start_times: "06:00, 18:00"\nmust_complete_times: "07:00"'],
    ['deadline-count', 'start_times: "06:00"\nmust_complete_times: "07:00, 08:00"'],
    ['no-time', 'start_times: "06:00"\nmust_complete_times: "72:00"'],
    ['deadline-without-start', 'start_mins: 0\nmust_complete_times: "07:00"'],
  ])('%s: %s', (rule, lines) => {
    expect(timed(lines)).toMatchObject({ deadlines: [], rules: [rule] })
  })

  it('a start that must have come is its grace', () => {
    expect(timed('start_times: "22:00, 23:50"\nmust_start_times: "22:10, 24:10"')).toMatchObject({
      graceSeconds: 1_200,
      rules: [],
    })
    expect(timed('start_mins: 0\nmust_start_times: +5')).toMatchObject({ graceSeconds: 300, rules: [] })
    expect(timed('start_times: "22:00"\nmust_start_times: "05:30"')).toMatchObject({
      graceSeconds: null,
      rules: ['deadline-before-end'],
    })
  })

  it.each([
    ['max_run_alarm: 45\nterm_run_time: 120', { maxRunSeconds: 2_700, waits: { killAfterSeconds: 7_200 } }],
    ['term_run_time: 120', { maxRunSeconds: 7_200, waits: { killAfterSeconds: 7_200 } }],
    ['min_run_alarm: 2', { minRunSeconds: 120 }],
    ['max_exit_success: 2', { goodExits: [1, 2] }],
    ['success_codes: 0-2,8\nmax_exit_success: 1', { goodExits: [1, 2, 8] }],
    ['max_exit_success: 3\nfail_codes: 2,9', { goodExits: [1, 3] }],
    ['fail_codes: 9', { goodExits: [] }],
    ['n_retrys: 3', { waits: { retries: 3 } }],
    ['avg_runtime: 20', { waits: { typicalSeconds: 1_200 } }],
    ['job_load: 20', { waits: { resources: [{ name: 'load of m1', units: 20 }] } }],
    [
      'resources: (A, quantity=3, free=Y) and (B)',
      {
        waits: {
          resources: [
            { name: 'A', units: 3 },
            { name: 'B', units: 1 },
          ],
        },
      },
    ],
    ['desk_code: "FX: 7"', { attributes: { desk_code: '"FX: 7"' } }],
    ['__proto__: x', { attributes: { job_type: 'CMD' } }],
  ])('%s', (lines, made) => {
    expect(one(lines)).toMatchObject({ ...made, rules: [] })
  })

  it.each([
    ['exit-codes', 'success_codes: 1,2'],
    ['exit-codes', 'fail_codes: 0,9'],
    ['exit-codes', 'success_codes: well'],
    ['terminator', 'box_terminator: 1'],
    ['auto-hold', 'auto_hold: 1'],
    ['on-hold', 'status: ON_HOLD'],
  ])('%s is told of %s, whose line it keeps', (rule, line) => {
    const [key = '', value] = line.split(': ')
    expect(one(line)).toMatchObject({ rules: [rule], attributes: { [key]: value } })
  })

  it.each([
    ['ON_HOLD', 'held'],
    ['ON_ICE', 'iced'],
    ['ON_NOEXEC', 'bypassed'],
    ['INACTIVE', 'none'],
    ['constructor', 'none'],
  ])('status %s is %s', (status, hold) => {
    expect(timed(`start_times: "07:00"\nstatus: ${status}`)).toMatchObject({
      waits: { hold },
      // What is taken off hold by night has its time again.
      schedule: cron('0 7 * * *'),
    })
  })
})
