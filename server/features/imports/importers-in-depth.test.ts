import { describe, expect, it } from 'vitest'
import type { ImporterKind, Reading } from './define-importer.ts'
import { importerKinds } from './importer-kinds.ts'

const now = Temporal.Instant.from('2026-11-23T07:00:00Z')

/** What the importers make of a job beside its schedule. */

const kindOf = (kind: string): ImporterKind => {
  const found = importerKinds.get(kind)
  if (!found) throw new Error(`There is no importer ${kind}.`)
  return found
}
const read = (kind: string, text: string, name = 'x'): Reading =>
  kindOf(kind).read([{ name, text }], { zone: 'Europe/London', host: null, now })
const one = (kind: string, text: string, name?: string) => {
  const { jobs, findings } = read(kind, text, name)
  expect(jobs).toHaveLength(1)
  return { ...jobs[0], rules: findings.map((f) => f.rule) }
}

describe('systemd', () => {
  const timer = (lines: string, service = '[Service]\nType=oneshot\nExecStart=/opt/eod.sh') =>
    `# /etc/systemd/system/eod.timer\n[Timer]\n${lines}\n# /etc/systemd/system/eod.service\n${service}\n`

  it.each([
    ['a minute of accuracy', 'OnCalendar=daily', 660],
    [
      'a delay by chance, and an accuracy',
      'OnCalendar=daily\nRandomizedDelaySec=30min\nAccuracySec=1s',
      600 + 1_800 + 1,
    ],
  ])('gives as grace %s', (_what, lines, graceSeconds) => {
    expect(one('systemd', timer(lines))).toMatchObject({ graceSeconds, rules: [] })
  })

  it.each([
    ['TimeoutStartSec of a oneshot', 'Type=oneshot\nTimeoutStartSec=45min\nRuntimeMaxSec=9', 2_700],
    ['none of a oneshot without end', 'Type=oneshot\nTimeoutStartSec=infinity', null],
    ['RuntimeMaxSec of another', 'TimeoutStartSec=5\nRuntimeMaxSec=2h', 7_200],
  ])('gives as longest run %s', (_what, lines, maxRunSeconds) => {
    expect(one('systemd', timer('OnCalendar=daily', `[Service]\n${lines}`))).toMatchObject({ maxRunSeconds })
  })

  it('takes over which exit statuses are a success', () => {
    const service = '[Service]\nSuccessExitStatus=1 75\nSuccessExitStatus=SIGTERM TEMPFAIL 0 1'
    expect(one('systemd', timer('OnCalendar=daily', service))).toMatchObject({ goodExits: [1, 75, 143] })
  })

  it('joins several times, and forgets those before an empty one', () => {
    const text = timer('OnCalendar=Mon 08:00\nOnCalendar=\nOnCalendar=Tue 09:00\nOnCalendar=Wed 10:00')
    expect(one('systemd', text).schedule).toMatchObject({ expression: 'Tue 09:00\nWed 10:00', zone: 'Europe/London' })
  })

  it('knows what runs by span, by both, after its end, and never', () => {
    expect(one('systemd', timer('OnBootSec=5min\nOnUnitActiveSec=1h 30min'))).toMatchObject({
      schedule: { kind: 'period', seconds: 5_400 },
      rules: [],
    })
    expect(one('systemd', timer('OnCalendar=daily\nOnUnitActiveSec=1h')).rules).toEqual(['two-rhythms'])
    expect(one('systemd', timer('OnUnitInactiveSec=1h')).rules).toEqual(['after-its-end'])
    expect(one('systemd', timer('OnBootSec=5min'))).toMatchObject({
      schedule: null,
      unscheduled: expect.stringContaining('OnBootSec'),
    })
  })

  it('finds the service of another name, and that of a template', () => {
    const named = timer('OnCalendar=daily\nUnit=other.service').replace('eod.service', 'other.service')
    expect(one('systemd', named)).toMatchObject({ command: '/opt/eod.sh', attributes: { unit: 'other.service' } })
    const text =
      '# /x/eod@ldn.timer\n[Timer]\nOnCalendar=daily\n# /x/eod@.service\n[Service]\nExecStart=/opt/eod.sh %i\nUser=batch\n'
    expect(one('systemd', text)).toMatchObject({
      externalId: 'eod@ldn.timer',
      command: '/opt/eod.sh ldn',
      attributes: { user: 'batch', service: expect.arrayContaining(['[Service] User=batch']) },
    })
  })

  it('skips what the list of timers says is stopped', () => {
    const files = [
      { name: 'eod.timer', text: '[Timer]\nOnCalendar=daily\n' },
      {
        name: 'list.json',
        text: '[{"next":0,"left":0,"last":0,"passed":0,"unit":"eod.timer","activates":"eod.service"}]',
      },
    ]
    expect(kindOf('systemd').read(files, { zone: 'UTC', host: null, now }).jobs).toMatchObject([{ enabled: false }])
  })

  it('refuses what systemd would not take', () => {
    expect(read('systemd', timer('OnCalendar=sometimes')).refused).toMatchObject([
      { line: 3, reason: expect.stringContaining('sometimes') },
    ])
  })
})

describe('kubernetes', () => {
  const job = (spec: string) =>
    `kind: CronJob\nmetadata: {name: eod, namespace: risk}\nspec: {schedule: "0 5 * * *", timeZone: UTC, ${spec}}\n`

  it.each([
    ['startingDeadlineSeconds: 1800', { graceSeconds: 1_800 }],
    ['startingDeadlineSeconds: 60', { graceSeconds: 600 }],
    ['suspend: true', { enabled: false }],
    ['jobTemplate: {spec: {activeDeadlineSeconds: 900}}', { maxRunSeconds: 900 }],
    ['concurrencyPolicy: Forbid', { attributes: { concurrencyPolicy: 'Forbid' }, rules: [] }],
    ['concurrencyPolicy: Replace', { rules: ['replaces-its-run'] }],
    ['startingDeadlineSeconds: 5', { rules: ['short-start'] }],
    ['successfulJobsHistoryLimit: 3', { attributes: { successfulJobsHistoryLimit: 3 } }],
  ])('%s', (spec, made) => expect(one('kubernetes', job(spec))).toMatchObject({ tags: ['risk'], ...made }))

  it('reads what kubectl prints of several', () => {
    const list = `apiVersion: v1\nkind: List\nitems:\n- ${job('suspend: false').replaceAll('\n', '\n  ')}\n- kind: CronJob\n  metadata: {name: b}\n  spec: {schedule: "@hourly", timeZone: UTC}\n`
    expect(read('kubernetes', list).jobs.map((j) => [j.externalId, j.line])).toEqual([
      ['risk/eod', 4],
      ['default/b', 8],
    ])
  })

  it('refuses what is no YAML, and a laugh of aliases', () => {
    expect(read('kubernetes', 'kind: CronJob\n  a: [').refused[0]?.reason).toMatch(/cannot be read as YAML/)
    const laugh = `kind: CronJob\na: &a [${'x,'.repeat(9)}]\n${[...'bcdefgh'].map((n, at) => `${n}: &${n} [${`*${'abcdefg'[at]},`.repeat(9)}]`).join('\n')}\n`
    expect(read('kubernetes', laugh).refused).toHaveLength(1)
  })
})

describe('anacron', () => {
  it('gives as grace what it waits by itself', () => {
    const text = 'RANDOM_DELAY=45\n7 25 weekly.risk timeout 2h /opt/risk/weekly.sh\n'
    expect(one('anacron', text)).toMatchObject({
      name: 'weekly.risk: weekly',
      schedule: { kind: 'period', seconds: 604_800 },
      graceSeconds: 3_600 + 70 * 60,
      maxRunSeconds: 7_200,
      attributes: { settings: { RANDOM_DELAY: '45' } },
    })
  })
})

describe('csv', () => {
  it('takes commas, quotes and other names of columns, and keeps columns that it does not know', () => {
    const text =
      'Job ID,Job name,On calendar,Owner,Enabled,Longest run,tags\n7,"EOD, all",Mon..Fri 22:00,Priya,no,2h,"eod, risk"\n'
    expect(one('csv', text)).toMatchObject({
      externalId: '7',
      name: 'EOD, all',
      schedule: { kind: 'oncalendar', expression: 'Mon..Fri 22:00' },
      enabled: false,
      maxRunSeconds: 7_200,
      tags: ['eod', 'risk'],
      attributes: { Owner: 'Priya' },
    })
  })

  it('refuses a row with its line, and says where a quotation mark is not closed', () => {
    const text = 'name,period,grace\na,soon,\nb,15min,later\na b,5min,\n,5min,\na b,6min,\n'
    expect(read('csv', text).refused.map((r) => [r.line, r.reason])).toEqual([
      [2, expect.stringContaining('soon is no span')],
      [3, expect.stringContaining('later is no span')],
      [5, 'There is no name.'],
      [6, 'a b stands in line 4 already.'],
    ])
    expect(() => read('csv', 'name,period\n"a,5min\n')).toThrow(/quotation mark/)
  })
})
