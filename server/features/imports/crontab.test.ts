import { describe, expect, it } from 'vitest'
import { boundsOf, nameOf } from './command-words.ts'
import type { ImportFile } from './define-importer.ts'
import { importerOf } from './importer-kinds.ts'
import { crontab } from './kinds/crontab.ts'
import { spanSeconds } from './spans.ts'

/** The crontab of a batch user of a bank, line by line. */
const bank = String.raw`SHELL=/bin/bash
PATH=/usr/local/bin:/usr/bin:/bin:/opt/batch/bin
MAILTO="eod-support@harbour-bank.example"
# ---- Prices ----

# End-of-day prices; the desk needs them by 07:00
0 22 * * 1-5 /opt/batch/eod/prices.sh --all >> /var/log/eod/prices.log 2>&1
*/15 7-19 * * mon-fri cd /opt/feeds && ./poll_prices.py --source reuters
5,20,35,50 6-21 * * 1,2,3,4,5 flock -n /tmp/fx.lock /opt/feeds/fx_rates.sh
0 6 * jan,apr,jul,oct * /opt/batch/quarter/roll.sh

# ---- Risk ----
30 1 * * 2-6 timeout 90m /opt/risk/var.sh --book=all
45 3 1 * * nice -n 10 ionice -c3 /opt/risk/month.sh
15 4 1,15 * 5 /opt/risk/either.sh
0 5 * * 7 sudo -u risk /opt/risk/weekly.sh
#10 5 * * * /opt/risk/old.sh
*/7 * * * * FEED=tokyo /opt/risk/limits.sh

# Everything below runs by the clock of Tokyo
CRON_TZ=Asia/Tokyo
0 7 * * 1-5 /opt/tokyo/open.sh
30 15 * * 1-5 bash -c "/opt/tokyo/close.sh --final"
CRON_TZ=Europe/London
TZ=UTC

0 18 * * * /opt/report/send.sh $(date +%F) "to all"
0 19 * * * /opt/report/send.sh $(date +\%F)
@daily /usr/local/bin/purge --older-than 30d
@hourly /opt/batch/heartbeat
@midnight /opt/batch/midnight.sh
@weekly /opt/batch/weekly.sh
@monthly /opt/batch/monthly.sh
@yearly /opt/batch/yearly.sh
@reboot /opt/batch/agent --daemon
17 * * * * run-parts /etc/batch.hourly
0 0 31 2 * /opt/batch/never.sh
0 2 * * * /opt/batch/backup.sh
0 14 * * * /opt/batch/backup.sh
H 3 * * * /opt/jenkins/job.sh
0~30 4 * * * /opt/batch/random.sh
61 4 * * * /opt/batch/odd.sh
0 4 * *
`

const { jobs, findings, refused } = crontab.read([{ name: 'batch', text: bank }], {
  zone: 'Europe/London',
  host: 'prdbat01',
  now: Temporal.Instant.from('2026-11-23T07:00:00Z'),
})
const at = (line: number) => jobs.find((j) => j.line === line)

describe('the crontab of a bank', () => {
  it('is read line by line', () => {
    const read = jobs.map((j) => [
      j.line,
      j.name,
      j.schedule?.kind === 'cron' ? j.schedule.expression : null,
      j.schedule?.kind === 'cron' ? j.schedule.zone : null,
    ])
    const [london, tokyo] = ['Europe/London', 'Asia/Tokyo']
    expect(read).toEqual([
      [7, 'prices --all', '0 22 * * 1-5', london],
      [8, 'poll_prices --source reuters', '*/15 7-19 * * mon-fri', london],
      [9, 'fx_rates', '5,20,35,50 6-21 * * 1,2,3,4,5', london],
      [10, 'roll', '0 6 * jan,apr,jul,oct *', london],
      [13, 'var --book=all', '30 1 * * 2-6', london],
      [14, 'month', '45 3 1 * *', london],
      [15, 'either', '15 4 1,15 * 5', london],
      [16, 'weekly', '0 5 * * 7', london],
      [18, 'limits', '*/7 * * * *', london],
      [22, 'open', '0 7 * * 1-5', tokyo],
      [23, 'close --final', '30 15 * * 1-5', tokyo],
      [27, 'send $(date +', '0 18 * * *', london],
      [28, 'send $(date +%F)', '0 19 * * *', london],
      [29, 'purge --older-than 30d', '@daily', london],
      [30, 'heartbeat', '@hourly', london],
      [31, 'midnight', '@midnight', london],
      [32, 'weekly', '@weekly', london],
      [33, 'monthly', '@monthly', london],
      [34, 'yearly', '@yearly', london],
      [35, 'agent --daemon', null, null],
      [36, 'run-parts /etc/batch.hourly', '17 * * * *', london],
      [37, 'never', '0 0 31 2 *', london],
      [38, 'backup', '0 2 * * *', london],
      [39, 'backup', '0 14 * * *', london],
    ])
  })

  it('refuses what other programs have, with line and remedy', () => {
    expect(refused.map((r) => [r.line, r.reason])).toEqual([
      [40, expect.stringContaining('H is of Jenkins')],
      [41, expect.stringContaining('a time by chance')],
      [43, 'A line of a crontab has five fields and a command.'],
      [42, expect.stringContaining('61')],
    ])
  })

  it('finds what its owner may not have meant', () => {
    expect(findings.map((f) => [f.line, f.rule])).toEqual([
      [8, 'range-of-names'],
      [15, 'either-day'],
      [21, 'cron-zone'],
      [24, 'cron-zone'],
      [25, 'command-zone'],
      [27, 'percent'],
      [36, 'run-parts'],
    ])
  })

  it('takes the remark above a line, and no line that is commented out', () => {
    expect(at(7)?.description).toBe('End-of-day prices; the desk needs them by 07:00')
    expect(at(18)?.description).toBe('')
    expect(at(22)?.description).toBe('')
  })

  it('keeps what a job has beside: input, settings, lock and limit', () => {
    expect(at(27)).toMatchObject({ command: '/opt/report/send.sh $(date +', attributes: { input: 'F) "to all"' } })
    expect(at(9)?.attributes).toMatchObject({ alone: true, settings: { SHELL: '/bin/bash' } })
    expect(at(13)).toMatchObject({ maxRunSeconds: 5_400, attributes: { line: expect.stringContaining('timeout 90m') } })
    expect(at(7)?.attributes.settings).not.toHaveProperty('CRON_TZ')
  })

  it('makes a job of each script of a folder that run-parts starts, where these are told', () => {
    const table = {
      name: '/etc/crontab',
      text: '25 6 * * *\troot\tcd / && run-parts --report /etc/cron.daily/\n0 4 * * *\troot\t/opt/x\n',
    }
    const list = {
      name: 'daily',
      text: '/etc/cron.daily/apt\n/etc/cron.daily/logrotate\n\n/etc/other/x\n/etc/cron.daily/apt\n',
    }
    const options = { zone: 'Europe/London', host: 'h1', now: Temporal.Instant.from('2026-11-23T07:00:00Z') }
    const readBoth = (...files: ImportFile[]) => importerOf(undefined, files).read(files, options)
    const { jobs, findings, refused } = readBoth(table, list)
    expect(jobs.map((j) => [j.line, j.name, j.command, j.schedule?.kind])).toEqual([
      [1, 'apt', '/etc/cron.daily/apt', 'cron'],
      [1, 'logrotate', '/etc/cron.daily/logrotate', 'cron'],
      [2, 'x', '/opt/x', 'cron'],
    ])
    expect(new Set(jobs.map((j) => j.externalId)).size).toBe(3)
    expect([findings.map((f) => [f.line, f.message.slice(0, 21)]), refused]).toEqual([
      [[1, 'Each of the 2 scripts']],
      [],
    ])
    expect(readBoth(list, table).jobs.map((j) => j.externalId)).toEqual(jobs.map((j) => j.externalId))
    // Of another folder they say nothing.
    const other = { ...list, text: '/etc/cron.hourly/x\n' }
    expect(readBoth(table, other).jobs.map((j) => j.name)).toEqual(['run-parts --report /etc/cron.daily/', 'x'])
  })

  it('knows a job again when its time changes, and tells two with one command apart', () => {
    const later = crontab.read([{ name: 'batch', text: bank.replace('0 22 * * 1-5', '30 23 * * 1-5') }], {
      zone: 'Europe/London',
      host: 'prdbat01',
      now: Temporal.Instant.from('2026-11-23T07:00:00Z'),
    })
    expect(later.jobs.map((j) => j.externalId)).toEqual(jobs.map((j) => j.externalId))
    expect(at(39)?.externalId).toBe(`${at(38)?.externalId}#2`)
    expect(new Set(jobs.map((j) => j.externalId)).size).toBe(jobs.length)
  })
})

it.each([
  ['/usr/bin/flock -w 5 /tmp/x.lock -c "/opt/a/b.sh one"', 'b one', true, null],
  ['timeout -k 5 30m nice /opt/a.pl', 'a', false, 1_800],
  ['A=1 B=2 env C=3 python3 /opt/x/load.py --day', 'load --day', false, null],
  ['test -x /opt/y && /opt/y >/dev/null 2>&1', 'y', false, null],
  ['/opt/a.sh | mail -s "done" x@y.example', 'a', false, null],
  ['[ -f /tmp/go ] && . /etc/profile; /opt/z.sh', 'z', false, null],
  ['python3 -m bank.eod', 'bank.eod', false, null],
  ['timeout forever /opt/a.sh', 'a', false, null],
  ['[ -x /opt/c ] && if [ ! -d /run/systemd/system ]; then /opt/c --all; fi', 'c --all', false, null],
  [
    'test -x /usr/sbin/anacron || { cd / && run-parts --report /etc/cron.daily; }',
    'run-parts --report /etc/cron.daily',
    false,
    null,
  ],
  ['sh', 'sh', false, null],
  ['""', '""', false, null],
])('%s is called %s', (command, name, alone, maxRunSeconds) => {
  expect(nameOf(command)).toBe(name)
  expect(boundsOf(command)).toEqual({ alone, maxRunSeconds })
})

it.each([
  ['1h 30min', 5_400],
  ['90', 90],
  ['2.5d', 216_000],
  ['1h0m30s', 3_630],
  ['500ms', 0.5],
  ['1M', 2_629_800],
  ['infinity', null],
  ['', null],
  ['5 parsecs', null],
  [`${'1'.repeat(40)}!`, null],
])('the span %s', (text, seconds) => expect(spanSeconds(text)).toBe(seconds))

it.each([
  ['0 5 * * 1 backup daily', 'crontab'],
  ['0 5 * * 1 tar -zcf /var/backups/home.tgz /home/', 'crontab'],
  ['0 5 * * 1 "/opt/my batch/run me.sh" -x', 'crontab'],
  ['0 5 * * 1 backup /opt/daily', 'system-crontab'],
  ['@daily root /opt/b', 'system-crontab'],
  ['09,39 * * * * www-data [ -x /usr/lib/php/sessionclean ] && /usr/lib/php/sessionclean', 'system-crontab'],
  ['30 3 * * 0 root command -v debian-sa1 > /dev/null && debian-sa1 60 2', 'system-crontab'],
  ['10 3 * * * mail SERVICE_MODE=1 /sbin/expire', 'system-crontab'],
  ['1\t5\tcron.daily\tnice run-parts /etc/cron.daily', 'anacron'],
])('%s is of a %s', (text, kind) => expect(importerOf(undefined, [{ name: 'standard input', text }]).kind).toBe(kind))
