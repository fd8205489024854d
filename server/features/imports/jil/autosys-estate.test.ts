import { describe, expect, it } from 'vitest'
import { createJobInput } from '../../../../contract/jobs/inputs.ts'
import { importedDeadline, jobWaits } from '../../../../contract/jobs/waits.ts'
import { autorep, autosysCalendars, autosysJil } from '../../../../test/harness/autosys.ts'
import type { Reading } from '../define-importer.ts'
import { jil } from '../kinds/jil.ts'

/** All jobs of a bank at once: nothing is lost, and what an attribute means arrives where it belongs. */

const now = Temporal.Instant.from('2026-11-23T07:00:00Z')
const text = autosysJil(320)
const report = autorep([
  { job: 'LDN_FX_0_EOD_BOX', start: '11/20/2026 18:00:00', end: '11/20/2026 19:30:00', status: 'SU' },
  { job: 'LDN_FX_0_PRICES', depth: 1, start: '11/20/2026 18:00:01', end: '11/20/2026 18:40:01', status: 'SU' },
  { job: 'LDN_FX_0_FILE', depth: 1, start: '11/20/2026 18:00:01', status: 'OH' },
])
const past = autorep([
  { job: 'LDN_FX_0_PRICES', start: '11/19/2026 18:00:01', end: '11/19/2026 18:20:01', status: 'SU' },
  { job: 'LDN_FX_0_PRICES', start: '11/18/2026 18:00:01', end: '11/18/2026 18:30:01', status: 'SU' },
  { job: 'LDN_FX_0_PRICES', start: '11/17/2026 18:00:01', end: '11/17/2026 18:00:02', status: 'FA', exit: 1 },
])
const read: Reading = jil.read(
  [
    { name: 'all.jil', text },
    { name: 'calendars.txt', text: autosysCalendars },
    { name: 'now.txt', text: report },
    { name: 'past.txt', text: past },
  ],
  { zone: 'Europe/London', host: 'PRD', now },
)
const job = (name: string) => {
  const found = read.jobs.find((j) => j.name === name)
  if (!found) throw new Error(`There is no job ${name}.`)
  return found
}

/** Every attribute that docs of AutoSys and our guide name. */
const attributes =
  'job_type machine owner command profile std_out_file std_err_file description box_name date_conditions days_of_week run_calendar exclude_calendar start_times start_mins run_window timezone term_run_time max_run_alarm min_run_alarm must_start_times must_complete_times n_retrys max_exit_success success_codes fail_codes alarm_if_fail alarm_if_terminated send_notification notification_msg notification_emailaddress box_success box_failure box_terminator job_terminator auto_hold status auto_delete job_load priority resources avg_runtime heartbeat_interval watch_file watch_interval watch_file_min_size condition application group'.split(
    ' ',
  )

describe('the estate', () => {
  it('has at least 300 jobs with every attribute, none refused', () => {
    expect(attributes.filter((key) => !new RegExp(`(^| )${key}: *\\S`, 'm').test(text))).toEqual([])
    expect(read.jobs.length).toBeGreaterThanOrEqual(320)
    expect(read.refused).toEqual([])
  })

  it('keeps every attribute, in a place of its own or as it was written', () => {
    const kept = new Set(read.jobs.flatMap((j) => Object.keys(j.attributes)))
    const placed = ['command', 'description', 'machine', 'condition', 'box_name']
    expect([...attributes, 'site_risk_tier'].filter((key) => !kept.has(key))).toEqual(
      attributes.filter((key) => placed.includes(key)),
    )
    expect(job('LDN_FX_0_FILE').attributes).toMatchObject({ site_risk_tier: '0', watch_interval: '60' })
  })

  it('gives only what can be stored', () => {
    for (const { waits, deadlines = [], schedule, name, tags, minRunSeconds } of read.jobs) {
      expect(jobWaits.safeParse(waits).error?.issues).toBeUndefined()
      for (const one of deadlines) expect(importedDeadline.safeParse(one).success).toBe(true)
      expect(createJobInput.safeParse({ name, schedule, tags, minRunSeconds }).error?.issues).toBeUndefined()
    }
  })

  it('finds only what is odd in it', () => {
    const found = new Map<string, number>()
    for (const { rule, severity, message } of read.findings) {
      expect(message).toMatch(/^\S.*[.]$/)
      if (severity === 'warn') found.set(rule, (found.get(rule) ?? 0) + 1)
    }
    // Of each fourth stream the purge is on ice.
    expect(Object.fromEntries(found)).toEqual({ iced: Math.floor(read.jobs.length / 11 / 4) })
  })
})

describe('a box', () => {
  it('has its times in its own zone, but for holidays, with a deadline of the day after', () => {
    expect(job('NYC_RATES_0_EOD_BOX')).toMatchObject({
      externalId: 'PRD/NYC_RATES_0_EOD_BOX',
      schedule: {
        kind: 'oncalendar',
        zone: 'US/Eastern',
        expression: expect.stringMatching(/^Mon\.\.Fri 2026-1\.\.10-/),
      },
      graceSeconds: 900,
      maxRunSeconds: null,
      deadlines: [{ kind: 'by', name: 'NYC_RATES_0_EOD_BOX', time: '05:30', days: 1 }],
      waits: { isBox: true, box: null, condition: null },
      description: 'The end of day of RATES in NYC',
    })
    expect(job('TKO_EQUITY_0_EOD_BOX').schedule).toMatchObject({ zone: 'Asia/Tokyo' })
  })
})

describe('its members', () => {
  it('have no time of their own, and wait for the box and what their conditions say', () => {
    expect(job('LDN_FX_0_PRICES')).toMatchObject({
      schedule: { kind: 'waits', zone: 'Europe/London' },
      command: '/apps/fx/prices.sh --at 18:00 > /dev/null',
      host: 'prdbat01',
      maxRunSeconds: 2_700,
      minRunSeconds: 60,
      waits: {
        isBox: false,
        box: 'PRD/LDN_FX_0_EOD_BOX',
        killAfterSeconds: 7_200,
        // The middle of three runs, by both reports; the one that failed does not count.
        typicalSeconds: 1_800,
        resources: [
          { name: 'DB_FX', units: 2 },
          { name: 'LICENCES', units: 1 },
        ],
      },
    })
    expect(job('NYC_RATES_0_PRICES').waits).toMatchObject({ typicalSeconds: 1_500, retries: 1 })
    expect(job('LDN_FX_0_REPORT').tags).toEqual(['FX', 'EOD_LDN'])
  })

  it('read every kind of atom', () => {
    const p = 'PRD/LDN_FX_0'
    expect(job('LDN_FX_0_PNL').waits?.condition).toEqual({
      kind: 'all',
      of: [
        { kind: 'job', job: `${p}_PRICES`, is: 'succeeded', within: 'ever' },
        {
          kind: 'any',
          of: [
            { kind: 'job', job: `${p}_TRADES`, is: 'succeeded', within: { seconds: 43_200 } },
            { kind: 'job', job: `${p}_TRADES_BACKUP`, is: 'done', within: { seconds: 1_800 } },
          ],
        },
        { kind: 'global', name: 'MKT_OPEN', compare: '=', value: 'N' },
      ],
    })
    expect(job('LDN_FX_0_TRADES_BACKUP').waits?.condition).toMatchObject({
      kind: 'any',
      of: [{ is: 'failed' }, { is: 'terminated' }, { kind: 'exit', compare: '>', code: 8, within: 'ever' }],
    })
    expect(job('LDN_FX_0_TRADES').waits?.condition).toMatchObject({ of: [{}, { is: 'not-running' }] })
    expect(job('LDN_FX_0_ARCHIVE').waits?.condition).toMatchObject({
      of: [{ within: 'own-last-run' }, { job: 'DR/LDN_FX_0_REPORT', within: 'ever' }],
    })
    // Its run is the waiting for the file: nothing else must come before it.
    expect(job('LDN_FX_0_FILE')).toMatchObject({ command: '/in/fx/trades.csv', waits: { condition: null } })
  })

  it('are held as the report of the present state says, and else as they are defined', () => {
    const hold = (name: string) => job(name).waits?.hold
    expect(
      ['LDN_FX_0_FILE', 'LDN_FX_0_PRICES', 'NYC_RATES_0_PURGE', 'FRA_CREDIT_0_PURGE', 'LDN_FX_0_PURGE'].map(hold),
    ).toEqual(['held', 'none', 'held', 'iced', 'none'])
    expect(job('NYC_RATES_0_PURGE').schedule).toMatchObject({ kind: 'cron' })
  })
})

describe('jobs of their own', () => {
  it('go by the days of a calendar, by minutes within a window, and by several times', () => {
    expect(job('LDN_FX_0_ARCHIVE').schedule).toMatchObject({
      kind: 'oncalendar',
      // The last working days: the 31st of January 2026 is a Saturday, that of May a Sunday.
      expression: expect.stringMatching(
        /2026-1,4,6,9\.\.11-30 23:30\n2026-2-27 23:30\n2026-3,7,8,12-31 23:30\n2026-5-29/,
      ),
    })
    expect(read.findings).toContainEqual(
      expect.objectContaining({ rule: 'calendar-cut', message: expect.stringMatching(/LDN_FX_0_ARCHIVE.*2029-/) }),
    )
    expect(job('LDN_FX_0_POLL')).toMatchObject({
      schedule: { kind: 'cron', expression: '0,15,30,45 0-5,22,23 * * *\n0 6 * * *' },
      waits: { window: { from: '22:00', to: '06:00' } },
      deadlines: [{ kind: 'in', seconds: 600 }],
    })
    expect(job('LDN_FX_0_PURGE')).toMatchObject({
      schedule: { kind: 'cron', expression: '0 4 * * 0,6\n30 16 * * 0,6' },
      graceSeconds: 1_800,
    })
    expect(job('LDN_FX_0_TRIGGER')).toMatchObject({
      attributes: { job_type: 'FT', watch_file: '/in/LDN_FX_0.trg' },
      command: '/in/LDN_FX_0.trg',
    })
  })
})
