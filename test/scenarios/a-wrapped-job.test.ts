import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { World } from '../../dev/seed/index.ts'
import { scratchDatabase } from '../harness/database.ts'
import { freePort, type ServerProcess, startServer } from '../harness/process.ts'
import { seededBank, seededSecret } from '../harness/seeded.ts'
import { type SmtpSink, startSmtpSink } from '../harness/smtp-sink.ts'
import { anHourPasses, couriersOf, waitingIn } from '../harness/spool.ts'

/** `./watchfloor run` around a real command, before the real program: from its exit status to the incident. */

const HOUR_MS = 3_600_000
/** Couriers let everything else go first; on a starved machine that takes a while. */
const arrival = { timeout: 60_000 }

let folder: string
let spool: string
let mail: SmtpSink
let database: { url: string; drop(): Promise<void>; made: World }
let server: ServerProcess
let port: number
const house = (more: Record<string, string> = {}, entry?: string) =>
  startServer(
    { DATABASE_URL: database.url, SECRET_KEY: seededSecret, SMTP_URL: mail.url, PORT: String(port), ...more },
    entry,
  )
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wf-wrapped-'))
  spool = join(folder, 'spool')
  mail = await startSmtpSink()
  database = await scratchDatabase(seededBank())
  port = await freePort()
})
afterEach(async () => {
  await server.kill('SIGTERM')
  await mail.stop()
  await database.drop()
  rmSync(folder, { recursive: true, force: true })
})

/** As a line of the crontab has it: no key, only where the server is. */
const watchfloor = (...args: string[]) =>
  new Promise<{ code: number; out: string; err: string }>((resolve) => {
    const env = {
      PATH: process.env.PATH,
      HOME: folder,
      WATCHFLOOR_URL: `http://127.0.0.1:${port}`,
      WATCHFLOOR_SPOOL: spool,
    }
    execFile(join(import.meta.dirname, '../../watchfloor'), args, { env }, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    )
  })

type Job = {
  id: string
  state: string
  reason: string
  alerts: { id: string; kind: string; ticket: { number: string } | null }[]
}
type Run = {
  id: string
  outcome: string
  exitStatus: number
  ms: number
  cpuMs: number | null
  peakKb: number | null
  startedAt: string
  endedAt: string
  note: unknown
}
const read = async <T>(path: string): Promise<T> => (await server.api('GET', path)).body as T
const addJob = async (name: string, more: object): Promise<string> => {
  const { status, body } = await server.api('POST', '/jobs', {
    name,
    serviceId: database.made.services.settlement,
    ...more,
  })
  expect(status, JSON.stringify(body)).toBe(201)
  return (body as Job).id
}
const runsOf = async (job: string) => (await read<{ items: Run[] }>(`/jobs/${job}/runs`)).items
const incidentOf = async (job: string) => (await read<Job>(`/jobs/${job}`)).alerts[0]?.ticket?.number ?? null
const ticket = (number: string) =>
  read<{ title: string; description: string; state: string; openedVia: string }>(`/tickets/${number}`)
const daily = { schedule: { kind: 'period', seconds: 86_400 }, graceSeconds: 600 }
/** 168 kB of output, and why it failed at its very end; all to one place, which keeps the order. */
const eod =
  'exec 2>&1; seq -f "loading price %06g" 8000; echo "ORA-01555: snapshot too old" >&2; echo "Giving up."; exit 12'
const end = 'loading price 008000\nORA-01555: snapshot too old\nGiving up.\n'

describe('a command under watchfloor run', () => {
  it('that exits with 12 opens an incident with the end of its output; the next success ends it', async () => {
    server = await house()
    await server.ready()
    const job = await addJob('EOD prices', daily)
    const ran = await watchfloor('run', job, '--', 'sh', '-c', eod)
    expect([ran.code, ran.err, ran.out.slice(-end.length)]).toEqual([12, '', end])

    await expect.poll(() => incidentOf(job), arrival).not.toBeNull()
    const number = (await incidentOf(job)) ?? ''
    const shown = await ticket(number)
    expect(shown).toMatchObject({ openedVia: 'alert', state: 'new' })
    expect(shown.title).toMatch(/^EOD prices failed with exit status 12/)
    expect(shown.description).toContain(end)
    expect(shown.description).not.toContain('loading price 000001')
    expect(await read(`/jobs/${job}`)).toMatchObject({ state: 'failed', alerts: [{ kind: 'failure' }] })
    await mail.expectMail({ subject: new RegExp(`${number} EOD prices failed with exit status 12`) })

    // Its heartbeats are lines of log of the same run, not runs.
    expect((await watchfloor('run', '--heartbeat=1s', '--wait', job, '--', 'sh', '-c', 'sleep 1.5')).code).toBe(0)
    expect(await runsOf(job)).toMatchObject([
      { outcome: 'success', cpuMs: expect.any(Number), peakKb: expect.any(Number) },
      { outcome: 'fail' },
    ])
    await expect.poll(async () => (await ticket(number)).state, arrival).toBe('resolved')
    expect(await read(`/jobs/${job}`)).toMatchObject({ state: 'ok', alerts: [] })
  })

  it('keeps its report while the server is away for an hour: it comes later, whole, with the time at which it ran', async () => {
    // The hour before the server died.
    server = await house({ CLOCK_AHEAD: String(-HOUR_MS - 600_000) }, 'test/kill/server.ts')
    await server.ready()
    const [failed, other] = [await addJob('EOD prices', daily), await addJob('Reconciliation', daily)]
    await server.kill('SIGKILL')

    const began = Date.now()
    const ran = await watchfloor('run', failed, '--', 'sh', '-c', eod)
    const ended = Date.now()
    expect([ran.code, ran.err, ran.out.slice(-end.length)]).toEqual([12, '', end])
    await expect.poll(() => waitingIn(spool).length, arrival).toBe(2)
    await expect.poll(() => couriersOf(spool), arrival).toEqual([])
    expect((await watchfloor('spool', 'flush', '--for', '0')).err).toContain('cannot be reached')
    anHourPasses(spool)
    expect(JSON.parse((await watchfloor('spool', 'list', '--json')).out)).toMatchObject([
      { job: failed, kind: 'start', refused: null },
      { job: failed, kind: 'finish', status: 12, refused: null },
    ])

    // It is back, and the next job of that machine takes along what waits.
    server = await house()
    await server.ready()
    expect((await watchfloor('run', '--wait', other, '--', 'true')).code).toBe(0)
    await expect.poll(() => incidentOf(failed), arrival).not.toBeNull()
    await expect.poll(() => waitingIn(spool), arrival).toEqual([])

    const runs = await runsOf(failed)
    expect(runs).toMatchObject([{ outcome: 'fail', exitStatus: 12, note: null }])
    const [run] = runs as [Run]
    const at = (time: string) => Temporal.Instant.from(time).epochMilliseconds + HOUR_MS
    for (const time of [run.startedAt, run.endedAt]) {
      expect(at(time)).toBeGreaterThanOrEqual(began - 1_000)
      expect(at(time)).toBeLessThanOrEqual(ended + 1_000)
    }
    expect(run.ms).toBeLessThanOrEqual(ended - began + 1_000)
    const { output } = await read<{ output: string }>(`/jobs/${failed}/runs/${run.id}`)
    expect(output.slice(-end.length)).toBe(end)
    const number = (await incidentOf(failed)) ?? ''
    const shown = await ticket(number)
    expect(shown.title).toMatch(/^EOD prices failed with exit status 12 .*, which was told 1 h later$/)
    const wall = Temporal.Instant.from(run.endedAt).toString().slice(11, 16)
    expect(shown.description).toMatch(new RegExp(`^It ended at .*${wall} UTC, and that was told 1 h later\\.\n`))
    expect(shown.description).toContain(end)
    expect(await read(`/jobs/${failed}`)).toMatchObject({
      state: 'failed',
      reason: expect.stringMatching(new RegExp(`^Failed with exit status 12 at .*${wall} UTC$`)),
      lastAt: run.endedAt,
      pings: 2,
      alerts: [{ kind: 'failure' }],
    })
    await mail.expectMail({ subject: new RegExp(`${number} EOD prices failed with exit status 12`) })
  })
})
