import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startPingServer } from './harness/ping-server.ts'
import { anHourPasses, waitingIn } from './harness/spool.ts'

/** `watchfloor run` with real commands: what it may never do to a job, and what it tells the server. */

const root = join(import.meta.dirname, '..')
const watchfloor = join(root, 'watchfloor')
const eodPrices = randomUUID()
/** Couriers run beside the jobs and let everything else go first; on a starved machine that takes a while. */
const arrival = { timeout: 60_000 }
/** Each test has a job and a spool of its own: couriers of the one before may still be on their way. */
let job: string
let server: Awaited<ReturnType<typeof startPingServer>>
let folder: string
let spool: string

beforeAll(async () => {
  server = await startPingServer({ 'eod-prices': eodPrices })
  folder = mkdtempSync(join(tmpdir(), 'wf-run-'))
})
afterAll(async () => {
  await server.goAway()
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(() => {
  job = randomUUID()
  spool = join(folder, job, 'spool')
})

type Ended = { code: number | null; out: Buffer; err: string }
const start = (args: string[], env: Record<string, string> = {}, file = watchfloor) => {
  const child = spawn(file, args, {
    env: { PATH: process.env.PATH, WATCHFLOOR_URL: server.url, WATCHFLOOR_SPOOL: spool, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const out: Buffer[] = []
  let err = ''
  child.stdout.on('data', (chunk) => out.push(chunk))
  child.stderr.on('data', (chunk) => (err += chunk))
  const ended = new Promise<Ended>((resolve) =>
    child.on('close', (code) => resolve({ code, out: Buffer.concat(out), err })),
  )
  return { child, ended, printed: () => Buffer.concat(out).toString() }
}
const isPerl = (env: object) => !('WATCHFLOOR_SUPERVISOR' in env)
const waiting = () => waitingIn(spool)
const pings = (of = job) => server.pings.filter((p) => p.job === of)
const acts = () =>
  pings()
    .map((p) => p.act)
    .sort()

describe.each([
  ['Perl', {}],
  ['Node, where there is no Perl', { WATCHFLOOR_SUPERVISOR: 'node' }],
] as const)('a job under %s', (_name, env) => {
  const run = (command: string[], more: Record<string, string> = {}, ...options: string[]) =>
    start(['run', ...options, job, '--', ...command], { ...env, ...more }).ended
  const sh = (script: string, more: Record<string, string> = {}, ...options: string[]) =>
    run(['sh', '-c', script], more, ...options)

  it('keeps its output and its status, and the server learns start, end and output', async () => {
    const ended = await sh('echo out; echo err >&2; exit 12', {}, '--wait')
    expect([ended.code, ended.out.toString(), ended.err]).toEqual([12, 'out\n', 'err\n'])
    const [first, last] = pings()
    expect(pings().map((p) => [p.job, p.act])).toEqual([
      [job, 'start'],
      [job, '12'],
    ])
    expect(first?.rid).toBe(last?.rid)
    expect(first?.id).not.toBe(last?.id)
    expect(last?.body.toString().split('\n').sort()).toEqual(['', 'err', 'out'])
    expect(Temporal.Instant.compare(last?.at ?? '', first?.at ?? '')).toBeGreaterThanOrEqual(0)
    expect(Math.abs((last?.at.epochMilliseconds ?? 0) - Date.now())).toBeLessThan(30_000)
    expect(waiting()).toEqual([])
  })

  it('ends as the command ended', async () => {
    const table: [string[], number][] = [
      [['true'], 0],
      [['sh', '-c', 'exit 255'], 255],
      [['sh', '-c', 'kill -TERM $$'], 143],
      [['sh', '-c', 'kill -KILL $$'], 137],
      [['no-such-command-anywhere'], 127],
      [['/etc/passwd'], 126],
    ]
    const ended = await Promise.all(table.map(([command]) => run(command)))
    expect(ended.map((e) => e.code)).toEqual(table.map(([, code]) => code))
    expect(ended[4]?.err).toContain('no-such-command-anywhere')
    await expect
      .poll(acts, arrival)
      .toEqual([...table.map(([, code]) => String(code)), ...table.map(() => 'start')].sort())
  })

  it('hands every signal on, once', async () => {
    const names = ['HUP', 'INT', 'QUIT', 'USR1', 'USR2', 'TERM'] as const
    const traps = names.map((n) => `trap 'echo ${n}' ${n}`).join('; ')
    const { child, ended, printed } = start(
      ['run', job, '--', 'sh', '-c', `${traps}; echo ready; while :; do sleep 0.05; done`],
      env,
    )
    await expect.poll(printed).toBe('ready\n')
    let expected = 'ready\n'
    for (const name of names) {
      child.kill(`SIG${name}`)
      expected += `${name}\n`
      await expect.poll(printed).toBe(expected)
    }
    await pause(100)
    expect(printed()).toBe(expected)
    // Only KILL ends this one; it is found by its parent.
    const pid = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').trim().split(' ')[0]
    process.kill(Number(pid), 'SIGKILL')
    expect((await ended).code).toBe(137)
  })

  it('may print 100 MB, NUL and what is no UTF-8; the last megabytes are kept as they are', async () => {
    const script = "head -c 100000000 /dev/zero; printf 'caf\\351 \\000\\377 end'"
    const ended = await sh(script, { WATCHFLOOR_OUTPUT_MB: '0.3' }, '--wait=30')
    expect([ended.code, ended.out.length]).toEqual([0, 100_000_011])
    const body = pings().find((p) => p.act === '0')?.body
    expect(body?.length).toBe(300_000)
    expect(body?.subarray(-11).toString('latin1')).toBe('caf\u00e9 \0\u00ff end')
  })

  it('may close its output, leave something behind that holds it, or be read no longer', async () => {
    expect((await sh('exec >&- 2>&-; sleep 0.2; exit 5')).code).toBe(5)
    const daemon = `for _ in $(seq 1200); do [ -e ${folder}/go ] && break; sleep 0.05; done; echo late`
    const script = `"$0" run ${job} -- sh -c '(${daemon}) & exit 6' > ${folder}/left; echo $?`
    const left = start(['-c', script, watchfloor], env, '/bin/sh')
    await expect.poll(left.printed).toBe('6\n')
    writeFileSync(join(folder, 'go'), '')
    await left.ended
    // Where Node stands in for Perl, what is left behind finds its output closed.
    if (isPerl(env)) await expect.poll(() => readFileSync(join(folder, 'left'), 'utf8')).toBe('late\n')
    rmSync(join(folder, 'go'))
    const unread = await start(['-c', `"$0" run ${job} -- yes | head -1`, watchfloor], env, '/bin/sh').ended
    expect(unread.out.toString()).toBe('y\n')
  })

  if (isPerl(env))
    it('is left alone by a server that has been away for an hour, and its pings come later with their true times', async () => {
      await server.goAway()
      const ended = await sh('echo while away; exit 3')
      expect(ended.code).toBe(3)
      await expect.poll(() => waiting().filter((n) => n.endsWith('.ping')).length).toBe(2)
      await expect.poll(() => waiting().length, { timeout: 15_000 }).toBe(2)
      anHourPasses(spool)
      await server.comeBack()
      expect((await sh('exit 0', {}, '--wait')).code).toBe(0)
      await expect.poll(acts, arrival).toEqual(['0', '3', 'start', 'start'])
      // What waited and what is new come in any order.
      const away = pings().find((p) => p.act === '3')?.rid
      const [first, end] = pings().filter((p) => p.rid === away)
      expect([first?.act, end?.act, end?.body.toString()]).toEqual(['start', '3', 'while away\n'])
      for (const ping of [first, end]) {
        const age = Date.now() - (ping?.at.epochMilliseconds ?? 0)
        expect(age).toBeGreaterThan(3_590_000)
        expect(age).toBeLessThan(3_660_000)
      }
      // A ping is put away once its answer is in hand.
      await expect.poll(waiting, arrival).toEqual([])
    })

  it('is not harmed by a full disk or a folder that cannot be written; the server is told all the same', async () => {
    const full = join(folder, 'full')
    mkdirSync(full, { recursive: true })
    const inside = `mount -t tmpfs -o size=64k tmpfs ${full} && dd if=/dev/zero of=${full}/x bs=1k 2>/dev/null; "$0" run ${job} -- sh -c 'echo fine; exit 7'; sleep 5`
    const onFull = start(
      ['--user', '--map-root-user', '--mount', 'sh', '-c', inside, watchfloor],
      { ...env, WATCHFLOOR_SPOOL: join(full, 'spool') },
      'unshare',
    )
    await expect.poll(onFull.printed).toBe('fine\n')
    await expect.poll(acts, arrival).toEqual(['7', 'start'])
    const nowhere = await sh('exit 8', { WATCHFLOOR_SPOOL: '/proc/nowhere/spool' })
    expect(nowhere.code).toBe(8)
    await expect.poll(acts, arrival).toContain('8')
    expect((await onFull.ended).err).toBe('')
  })

  it('is stopped after its time, with what it has started, even if it will not go; that is a failure with a sentence', async () => {
    const stubborn = `trap '' TERM; (trap '' TERM; echo $$ > ${folder}/${job}.pid; while :; do sleep 1; done) & echo begun; wait; sleep 60`
    const [quick, slow] = await Promise.all([
      sh('sleep 0.1; exit 3', {}, '--timeout', '1m'),
      sh(stubborn, {}, '--timeout=1s', '--wait'),
    ])
    expect([quick.code, quick.err]).toEqual([3, ''])
    expect([slow.code, slow.err]).toEqual([124, 'watchfloor: it ran longer than 1s and was stopped.\n'])
    const told = pings().find((p) => p.act === '124')
    expect(told?.body.toString()).toBe('begun\nwatchfloor: it ran longer than 1s and was stopped.\n')
    const group = readFileSync(join(folder, `${job}.pid`), 'utf8').trim()
    const { out } = await start(['-eo', 'pgid=,stat='], {}, 'ps').ended
    expect(
      out
        .toString()
        .split('\n')
        .filter((l) => new RegExp(`^ *${group} +[^Z]`).test(l)),
    ).toEqual([])
    for (const wrong of ['0', '1w'])
      expect((await start(['run', `--timeout=${wrong}`, job, '--', 'true'], env).ended).code).toBe(2)
  })

  it('tells that it still runs, with what it has printed since, and at its end what it took', async () => {
    const work = `x=$(head -c 20000000 /dev/zero | tail -c 20000000 | tr '\\000' x); seq 2000; sleep 2.5; echo more`
    const ended = await sh(work, {}, '--heartbeat=1s', '--wait')
    expect(ended.code).toBe(0)
    await expect.poll(acts, arrival).toContain('log')
    const all = pings()
    expect(new Set(all.map((p) => p.rid)).size).toBe(1)
    const beats = all.filter((p) => p.act === 'log')
    expect(beats.length).toBeGreaterThan(1)
    // Each line is told once, in as many beats as it took to print them.
    const said = beats.map((p) => p.body.toString()).filter((text) => text !== '')
    expect(said.join('')).toMatch(/1999\n2000\n(more\n)?$/)
    expect(said.join('').match(/^2000$/gm)).toHaveLength(1)
    expect(Math.max(...said.map((text) => text.length))).toBeLessThanOrEqual(2_000)
    const last = all.find((p) => p.act === '0')
    expect(last?.body.toString()).toMatch(/^1\n2\n[\s\S]*2000\nmore\n$/)
    // Node cannot measure what a child of its took.
    if (!isPerl(env)) return expect([last?.cpuMs, last?.peakKb]).toEqual([null, null])
    expect(last?.cpuMs).toBeGreaterThan(10)
    expect(last?.cpuMs).toBeLessThan(60_000)
    // The shell held 20 MB; the couriers beside it, which need more than 40, do not count.
    expect(last?.peakKb).toBeGreaterThan(20_000)
    expect(last?.peakKb).toBeLessThan(100_000)
  })

  it('does not start while another run goes on, which is told on that one; a lock of the dead does not hold', async () => {
    const go = join(folder, `${job}.go`)
    const hold = `until [ -e ${go} ]; do sleep 0.05; done`
    const first = start(['run', '--no-overlap', job, '--', 'sh', '-c', `echo on; ${hold}`], env)
    await expect.poll(first.printed, arrival).toBe('on\n')
    const met = await sh(`touch ${folder}/${job}.ran`, {}, '--no-overlap', '--wait')
    expect([met.code, met.err]).toEqual([
      0,
      expect.stringMatching(/^watchfloor: .* is still running \(process \d+\), so this run does not start\.\n$/),
    ])
    expect(readdirSync(folder)).not.toContain(`${job}.ran`)
    await expect.poll(acts, arrival).toEqual(['log', 'start'])
    const [log, begun] = [pings().find((p) => p.act === 'log'), pings().find((p) => p.act === 'start')]
    expect(log?.rid).toBe(begun?.rid)
    expect(log?.body.toString()).toMatch(/^Another run of it was to start here, and did not: this one \(process \d+\)/)
    // Whoever stands around the command is killed: the command still runs, then ends.
    first.child.kill('SIGKILL')
    await new Promise((resolve) => first.child.once('exit', resolve))
    expect((await run(['true'], {}, '--no-overlap')).err).toContain('is still running')
    writeFileSync(go, '')
    await expect.poll(async () => (await sh('exit 5', {}, '--no-overlap')).code, arrival).toBe(5)
  })

  it('may start again once the command has ended, though the run before still waits for the server', async () => {
    await server.goAway()
    const first = start(['run', '--no-overlap', '--wait=20', job, '--', 'echo', 'over'], env)
    await expect.poll(() => waiting().filter((name) => name.includes('3finish')).length, arrival).toBe(1)
    expect((await sh('exit 5', {}, '--no-overlap')).code).toBe(5)
    expect(first.child.exitCode).toBeNull()
    await server.comeBack()
    expect((await first.ended).code).toBe(0)
  })

  if (isPerl(env))
    it('frees a lock of its caller when it ends', async () => {
      await server.goAway()
      const script = `flock -n ${folder}/lock "$0" run ${job} -- true && flock -n ${folder}/lock echo free`
      const ended = await start(['-c', script, watchfloor], env, '/bin/sh').ended
      await server.comeBack()
      expect(ended.out.toString()).toBe('free\n')
    })
})

describe('the spool', () => {
  it('serves many jobs at once: each ping comes once, and none is left', async () => {
    const runs = Array.from({ length: 6 }, () => start(['run', job, '--', 'true']).ended)
    expect((await Promise.all(runs)).map((r) => r.code)).toEqual(runs.map(() => 0))
    await expect.poll(() => pings().length, arrival).toBe(12)
    await expect.poll(waiting, arrival).toEqual([])
    expect(new Set(pings().map((p) => p.id)).size).toBe(12)
    const order = Map.groupBy(pings(), (p) => p.rid)
    for (const [, [first, second]] of order) expect([first?.act, second?.act]).toEqual(['start', '0'])
  })

  it('knows jobs by slug and name with a key, says what is refused, and keeps to its size', async () => {
    const key = { WATCHFLOOR_API_KEY: 'k' }
    await start(['run', '--wait', 'eod-prices', '--', 'true'], key).ended
    await start(['run', '--wait', 'The eod-prices', '--', 'true'], key).ended
    expect(pings(eodPrices).map((p) => [p.job, p.act])).toEqual(
      [0, 1].flatMap(() => [
        [eodPrices, 'start'],
        [eodPrices, '0'],
      ]),
    )
    const unknown = await start(['run', '--wait', 'eod-pricse', '--', 'sh', '-c', 'exit 4'], key).ended
    expect([unknown.code, unknown.err]).toEqual([
      4,
      expect.stringContaining('knows no job with the slug or name eod-pricse'),
    ])
    const list = await start(['spool', 'list']).ended
    expect(list.out.toString()).toMatch(/eod-pricse\s+exit 4\s+refused: .* knows no job/)

    await server.goAway()
    await start(['run', '--wait=1', job, '--', 'head', '-c', '90000', '/dev/zero'], { WATCHFLOOR_SPOOL_MB: '0.05' })
      .ended
    const flushed = await start(['spool', 'flush', '--for', '0']).ended
    expect([flushed.code, flushed.err]).toEqual([3, expect.stringContaining('cannot be reached (ECONNREFUSED)')])
    await server.comeBack()
    expect((await start(['spool', 'flush']).ended).code).toBe(0)
    await expect.poll(acts, arrival).toEqual(['0', 'start'])
    expect(pings().at(-1)?.body.toString()).toContain('The output was not kept')
  })
})

/** A line that the file has wrapped runs as cron would run it; where cron would find no Node, that is said. */
const wrapFrom = async (file: string) => {
  const crontab = join(folder, 'crontab')
  const env = { WATCHFLOOR_NODE: process.execPath }
  const wrap = (settings: string) => {
    writeFileSync(crontab, `${settings}\n0 22 * * * echo "from cron" && exit 9\n`)
    return start(['crontab', 'wrap', '--file', crontab, '--apply'], env, file).ended
  }
  expect((await wrap('PATH=/nowhere')).err).toContain('cron does not find Node on its PATH')
  const wrapped = await wrap(`WATCHFLOOR_NODE=${process.execPath}`)
  expect([wrapped.code, wrapped.err]).toEqual([0, expect.not.stringContaining('does not find Node')])
  const line = readFileSync(crontab, 'utf8').split('\n')[1]?.slice('0 22 * * * '.length) ?? ''
  expect(line.startsWith(`${file} run --wrapped=shell `)).toBe(true)
  const ran = await start(['-c', line], env, '/bin/sh').ended
  expect([ran.code, ran.out.toString()]).toEqual([9, 'from cron\n'])
}

describe('the bundle', () => {
  it('is one file that runs where there is no checkout', async () => {
    const file = join(folder, 'elsewhere', 'watchfloor')
    const built = await start([join(root, 'dev', 'bundle.ts'), file], {}, process.execPath).ended
    expect(built.code, built.err).toBe(0)
    const env = { WATCHFLOOR_NODE: process.execPath }
    for (const how of [env, { ...env, WATCHFLOOR_SUPERVISOR: 'node' }]) {
      const ended = await start(['run', '--wait', job, '--', 'sh', '-c', 'echo hello; exit 9'], how, file).ended
      expect([ended.code, ended.out.toString(), ended.err]).toEqual([9, 'hello\n', ''])
    }
    expect(acts()).toEqual(['9', '9', 'start', 'start'])
    const late = await start(['run', '--timeout=1s', '--no-overlap', '--wait', job, '--', 'sleep', '60'], env, file)
      .ended
    expect([late.code, late.err]).toEqual([124, 'watchfloor: it ran longer than 1s and was stopped.\n'])
    expect(pings().find((p) => p.act === '124')?.peakKb).toBeGreaterThan(500)
    await wrapFrom(file)
    const help = await start(['--help'], env, file).ended
    expect(help.out.toString()).toContain('Exit codes:')
    expect(readdirSync(join(folder, 'elsewhere'))).toEqual(['watchfloor'])
  })
})
