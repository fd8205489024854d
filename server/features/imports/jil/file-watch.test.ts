import { describe, expect, it } from 'vitest'
import { jil } from '../kinds/jil.ts'

const now = Temporal.Instant.from('2026-11-23T07:00:00Z')
const read = (text: string) => jil.read([{ name: 'a.jil', text }], { zone: 'Europe/London', host: null, now })
const one = (type: string, lines: string) => {
  const { jobs, findings } = read(`insert_job: J   job_type: ${type}\nmachine: feed01\n${lines}`)
  return { job: jobs[0], rules: findings.map((f) => [f.line, f.rule]) }
}
const FILE = 'watch_file: "/in/prices-*.csv"\n'

describe('what watches for a file', () => {
  it('starts by the clock as any job, on its machine, and is held to its limits; its end is the file', () => {
    const said = `${FILE}watch_interval: 60\nwatch_file_min_size: 1024\nterm_run_time: 90\n`
    const timed = 'date_conditions: 1\ndays_of_week: mo,tu,we,th,fr\nstart_times: "06:00"\ncondition: s(EOD)\n'
    const { job } = one('FW', said + timed)
    expect(job).toMatchObject({
      host: 'feed01',
      command: '/in/prices-*.csv',
      schedule: { kind: 'cron', expression: '0 6 * * 1-5' },
      maxRunSeconds: 5_400,
      waits: { condition: { kind: 'job', job: 'EOD' }, killAfterSeconds: 5_400 },
      attributes: { watch_file: '"/in/prices-*.csv"', watch_interval: '60', watch_file_min_size: '1024' },
    })
  })

  it.each([
    ['an end by its own', 'FW', `${FILE}term_run_time: 90`, []],
    ['an alarm', 'f', `${FILE}max_run_alarm: 90`, []],
    ['no limit', 'FW', FILE, [[3, 'waits-for-ever']]],
    ['a limit of nothing', 'FW', `${FILE}term_run_time: 0`, [[3, 'waits-for-ever']]],
    ['a deadline', 'FT', `${FILE}date_conditions: 1\nstart_times: "06:00"\nmust_complete_times: "07:30"`, []],
    [
      'a deadline at which nobody looks',
      'FT',
      `${FILE}must_complete_times: "+90"`,
      [
        [3, 'waits-for-ever'],
        [4, 'switch-off'],
      ],
    ],
    ['no file', 'FW', 'term_run_time: 90', [[1, 'watches-nothing']]],
    ['one that goes on', 'FT', `${FILE}watch_file_type: CREATE\ncontinuous: y`, [[5, 'watches-on']]],
    ['one that must be gone, within a time', 'FT', `${FILE}watch_file_type: DELETE\nterm_run_time: 5`, []],
    ['a command with such a word', 'CMD', 'command: x\nwatch_file: /in/y\ncontinuous: 1', []],
  ])('is looked at: %s', (_what, type, lines, rules) => {
    expect(one(type, lines).rules).toEqual(rules)
  })
})
