import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { unifiedDiff } from '../cli/crontab/diff.ts'
import { unwrapCrontab, wrapCrontab } from '../cli/crontab/wrap.ts'
import { startCron } from './harness/cron.ts'
import { startPingServer } from './harness/ping-server.ts'

/** `watchfloor crontab wrap` and `unwrap`: as text, on files, on a user's crontab, and under Debian's cron. */

const root = join(import.meta.dirname, '..')
const watchfloor = join(root, 'watchfloor')
let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wf-crontab-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

type Ended = { code: number | null; out: string; err: string }
const start = (file: string, args: string[], more: Record<string, string> = {}) =>
  new Promise<Ended>((resolve) => {
    const env = { PATH: process.env.PATH, HOME: folder, WATCHFLOOR_SPOOL: join(folder, 'spool'), ...more }
    const child = spawn(file, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
    let [out, err] = ['', '']
    child.stdout.on('data', (chunk) => (out += chunk))
    child.stderr.on('data', (chunk) => (err += chunk))
    child.on('close', (code) => resolve({ code, out, err }))
  })

const options = { program: '/opt/watchfloor', prefix: 'h-', system: false }
const wrap = (text: string, more: Partial<typeof options> = {}) => wrapCrontab(text, { ...options, ...more })

describe('a line', () => {
  it.each([
    [
      '0 22 * * 1-5  /opt/eod.sh --book EQ >> /var/log/eod 2>&1',
      '0 22 * * 1-5  /opt/watchfloor run --wrapped h-eod -- /opt/eod.sh --book EQ >> /var/log/eod 2>&1',
    ],
    [
      '@daily\tcd /srv && ./load.py',
      "@daily\t/opt/watchfloor run --wrapped=shell h-load -- /bin/sh -c 'cd /srv && ./load.py'",
    ],
    [
      "*/5 * * * * echo 'it'; date +\\%F",
      "*/5 * * * * /opt/watchfloor run --wrapped=shell h-echo -- /bin/sh -c 'echo '\\''it'\\''; date +\\%F'",
    ],
    [
      '0 1 * * mon mail -s hi ops%first%second',
      "0 1 * * mon /opt/watchfloor run --wrapped=shell h-mail -- /bin/sh -c 'mail -s hi ops'%first%second",
    ],
    ["1 1 1 1 * /bin/sh -c 'a b'", "1 1 1 1 * /opt/watchfloor run --wrapped h-a -- /bin/sh -c 'a b'"],
    ['# a comment', '# a comment'],
    ['MAILTO="ops@bank.example"', 'MAILTO="ops@bank.example"'],
    ['', ''],
  ])('%s', (before, after) => {
    const made = wrap(before)
    expect([made.text, made.left]).toEqual([after, []])
    expect(unwrapCrontab(after, false).text).toBe(before)
    expect(wrap(after).text).toBe(after)
  })

  it.each([
    ['@reboot /opt/x', /no schedule/],
    ['@fortnightly /opt/x', /no time that is known/],
    ['0~59 1 * * * /opt/x', /by chance/],
    ['H 1 * * * * /opt/x\r', /carriage return/],
    ['0 22 * *', /no five times/],
    ['0 22 * * * /opt/x; curl -fsS https://hc-ping.com/4b7c9c0e-6d0a-4f9b-9d3e-2a6f3e1f0c11', /pings by itself/],
    ['0 22 * * * watchfloor run eod -- /opt/x', /already, written by hand/],
    ['0 22 * * * echo a\\\\%b', /otherwise/],
    [`0 22 * * * /opt/${'x'.repeat(980)}`, /longer than cron takes/],
  ])('%s is left, with the reason', (line, why) => {
    expect(wrap(line)).toMatchObject({
      text: line,
      jobs: [],
      left: [{ line: 1, text: line, why: expect.stringMatching(why) }],
    })
    expect(unwrapCrontab(line, false).text).toBe(line)
  })

  it('goes by what stands above it, and has a slug of its own', () => {
    const text = 'SHELL=/bin/bash\nCRON_TZ = "Europe/London"\n0 1 * * * a && b\nSHELL=/usr/bin/fish\n0 2 * * * a && b\n'
    const made = wrap(`0 0 * * * a && b\n${text}`)
    expect(made.jobs).toMatchObject([
      { line: 1, slug: 'h-a', zone: null },
      { line: 4, slug: 'h-a-2', zone: 'Europe/London', schedule: '0 1 * * *' },
    ])
    expect(made.text.split('\n')[3]).toContain("h-a-2 -- /bin/bash -c 'a && b'")
    expect(made.left).toMatchObject([{ line: 6, why: expect.stringContaining('/usr/bin/fish') }])
    const more = wrap(`${made.text}0 3 * * * a | c\n`.replace('SHELL=/usr/bin/fish', 'SHELL=/bin/sh'))
    expect(more.jobs.map((j) => j.slug)).toEqual(['h-a', 'h-a-2', 'h-a-3', 'h-a-4'])
  })

  it('of a system’s crontab keeps its user', () => {
    const made = wrap('17 *\t* * *\troot    cd / && run-parts --report /etc/cron.hourly\n', { system: true })
    expect(made.text).toBe(
      "17 *\t* * *\troot    /opt/watchfloor run --wrapped=shell h-cron-hourly -- /bin/sh -c 'cd / && run-parts --report /etc/cron.hourly'\n",
    )
    expect(wrap('0 1 * * * root', { system: true }).left).toMatchObject([{ why: expect.stringContaining('no user') }])
  })
})

/** Lines as people and accidents write them. */
const piece = fc.constantFrom(
  ...`a b ' " \\ % ; & | < > ( ) $ \` # = - / . ~ ! é 2>&1 && sh -c '\\'' -- run --wrapped x /opt/x.sh`.split(' '),
  ' ',
  '\t',
  '\r',
)
const command = fc.array(piece, { maxLength: 14 }).map((p) => p.join(''))
const times = fc.constantFrom(
  '0 22 * * 1-5 ',
  '*/5\t*  * * *\t',
  '@daily ',
  '@reboot ',
  ' 1 2 3 jan sun ',
  '0~9 1 * * * ',
  '* * * * ',
  '',
)
const other = fc.constantFrom(
  '',
  '# x',
  'SHELL=/bin/bash',
  'SHELL=/bin/fish',
  "CRON_TZ='Europe/London'",
  ' A = b',
  '=',
  '0 1 * * * A=b c',
)
const line = fc.oneof({ weight: 4, arbitrary: fc.tuple(times, command).map((p) => p.join('')) }, other, fc.string())
const crontab = fc
  .tuple(fc.array(line, { maxLength: 8 }), fc.boolean())
  .map(([l, end]) => l.join('\n') + (end ? '\n' : ''))

describe('whatever a crontab holds', () => {
  it('unwrapping gives it back to the letter, wrapping again changes nothing, and the difference leads from one to the other', () => {
    fc.assert(
      fc.property(
        crontab,
        fc.boolean(),
        fc.constantFrom('/opt/watchfloor', "/opt/it's here/wf"),
        (text, system, program) => {
          const given = text.replaceAll('run --wrapped', 'run')
          const { text: wrapped, jobs } = wrap(given, { system, program })
          expect(unwrapCrontab(wrapped, system).text).toBe(given)
          expect(wrap(wrapped, { system, program })).toMatchObject({ text: wrapped, jobs })
          const said = unifiedDiff('x', given, wrapped).split('\n')
          const of = (mark: string) => said.slice(2).filter((l) => l.startsWith(mark)).length
          expect([of('+'), of('-')]).toEqual([jobs.length, jobs.length])
        },
      ),
      { numRuns: 3_000 },
    )
  })
})

describe('watchfloor crontab', () => {
  const before = '# é in Latin-1: \xe9\nPATH=/bin\n30 21 * * 1-5 /opt/eod.sh\n\n\n\n@reboot /opt/agent\n0 2 * * * a; b'

  it('shows the difference of a file, writes it when told, keeps what was there, and gives it back', async () => {
    const file = join(folder, 'nightly')
    const read = () => readFileSync(file, 'latin1')
    writeFileSync(file, before, 'latin1')
    chmodSync(file, 0o640)
    const crontab = (...args: string[]) => start(watchfloor, ['crontab', ...args, '--file', file])
    const shown = await crontab('wrap', '--prefix', 'h-')
    expect([shown.code, read()]).toEqual([0, before])
    expect(shown.out).toContain(`--- ${file}\n+++ ${file}`)
    expect(shown.out).toContain(
      `\n-30 21 * * 1-5 /opt/eod.sh\n+30 21 * * 1-5 ${watchfloor} run --wrapped h-eod -- /opt/eod.sh\n`,
    )
    expect(shown.out).toMatch(/3 +h-eod +30 21 \* \* 1-5 +\S+\n/)
    expect(shown.out).toContain('line 7: it runs when the host starts, which is no schedule\n    @reboot /opt/agent')
    expect(shown.out).toContain('Nothing was changed. Write it with --apply.')
    expect(shown.err).toMatch(/a key by which a slug is looked up, belong into .*config\.json/)
    const done = await crontab('wrap', '--apply')
    expect([done.code, done.err]).toEqual([0, expect.any(String)])
    expect(read()).toContain('run --wrapped')
    expect(statSync(file).mode & 0o777).toBe(0o640)
    const kept = /What was there is kept in (.*)\.\n/.exec(done.out)?.[1] ?? ''
    expect(readFileSync(kept, 'latin1')).toBe(before)
    expect(statSync(kept).mode & 0o077).toBe(0)
    expect((await crontab('wrap', '--apply')).out).toContain('Nothing is to be changed')
    expect((await crontab('unwrap', '--apply')).code).toBe(0)
    expect(read()).toBe(before)
    expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([])
    expect(await start(watchfloor, ['crontab', 'wrap', '--file', join(folder, 'nothing')])).toMatchObject({
      code: 1,
      err: expect.stringContaining('There is no file'),
    })
  })

  it('goes by crontab(1) for the crontab of a user', async () => {
    const file = join(folder, 'mine')
    writeFileSync(file, `${before}\n`, 'latin1')
    const script = [
      'set -e; mount -t tmpfs none /var/spool/cron/crontabs',
      '"$0" crontab wrap || echo none',
      `crontab ${file}; "$0" crontab wrap --prefix h- --apply --user root; crontab -l > ${file}.wrapped`,
      `"$0" crontab unwrap --apply; crontab -l > ${file}.unwrapped`,
    ].join('\n')
    const own = process.getuid?.() === 0 ? [] : ['--user', '--map-root-user', '--map-auto']
    const ended = await start('unshare', ['--mount', ...own, 'sh', '-c', script, watchfloor])
    expect(ended.code, ended.err).toBe(0)
    expect(ended.err).toContain('no crontab for root')
    expect(ended.out).toContain('none\n')
    expect(readFileSync(`${file}.wrapped`, 'latin1')).toBe(wrap(`${before}\n`, { program: watchfloor }).text)
    expect(readFileSync(`${file}.unwrapped`, 'latin1')).toBe(`${before}\n`)
  })

  it('leaves what Debian’s cron makes of a line as it is: %, quotes, input, status', async () => {
    const jobs: Record<string, string> = {}
    const server = await startPingServer(jobs)
    const lines = (name: string) =>
      [
        `* * * * * cd ${folder} && printf '\\%s|' "it's" a\\%b > ${name}.1; exit 3`,
        `* * * * * cat > ${folder}/${name}.2%one 'two'%%three`,
        `* * * * * /bin/cat /proc/self/fd/0 > ${folder}/${name}.3 2>&1%only line`,
      ].join('\n')
    const wrapped = wrap(lines('wrapped'), { program: watchfloor })
    for (const { slug } of wrapped.jobs) jobs[slug] = randomUUID()
    const settings = { WATCHFLOOR_URL: server.url, WATCHFLOOR_API_KEY: 'k', WATCHFLOOR_SPOOL: join(folder, 'cron') }
    const text = [...Object.entries(settings).map(([k, v]) => `${k}=${v}`), lines('plain'), wrapped.text].join('\n')
    const stop = await startCron(text)
    try {
      const acts = () => server.pings.map((p) => p.act).sort()
      await expect.poll(acts, { timeout: 45_000 }).toEqual(['0', '0', '3', 'start', 'start', 'start'])
    } finally {
      await stop()
      await server.goAway()
    }
    for (const n of [1, 2, 3]) {
      const plain = join(folder, `plain.${n}`)
      expect(existsSync(plain)).toBe(true)
      expect(readFileSync(join(folder, `wrapped.${n}`), 'utf8')).toBe(readFileSync(plain, 'utf8'))
    }
    expect(readFileSync(join(folder, 'plain.2'), 'utf8')).toContain("one 'two'\n\nthree")
  }, 60_000)
})
