/**
 * `npm run soak`: an hour (`--minutes 60`) of mixed load with faults, on two processes and a PostgreSQL of the system.
 * Signals, pings, jobs, monitors, tickets that page, and live feeds; every five minutes something breaks: the database,
 * a process by kill -9, the mail server. Memory must stay flat, work must not pile up, and nothing accepted may be lost.
 * Writes its section of bench/RESULTS.md.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { pagesOf } from '../test/ha/pages.ts'
import { startHttpTarget } from '../test/harness/http-target.ts'
import { until } from '../test/harness/patience.ts'
import { adminKey, type ServerProcess, startServer } from '../test/harness/process.ts'
import { startSmtpSink } from '../test/harness/smtp-sink.ts'
import { startSystemPostgres } from '../test/harness/system-postgres.ts'
import { connectTool } from '../test/harness/tool.ts'
import { insertMonitors } from './monitors.ts'
import { record } from './record.ts'
import { type Figure, median, memoryMb } from './tools.ts'

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '60' } } })
const minutes = Number(values.minutes)
const MONITORS = 1_000
const STREAMS = 20
const FAULT_EVERY_MINUTES = 5
/** What a process may grow by after its first third, of what it had then. */
const MOST_GROWTH = 0.15
/** Work that waits longer than this, a minute after a fault, is piling up. */
const MOST_LAG_SECONDS = 5

const say = (line: string) => console.log(`${new Date().toISOString().slice(11, 19)} ${line}`)
const postgres = await startSystemPostgres()
const mail = await startSmtpSink()
const target = await startHttpTarget()
const env = {
  DATABASE_URL: postgres.url,
  SMTP_URL: mail.url,
  ADMIN_EMAIL: 'marta@harbour-bank.example',
  ADMIN_PASSWORD: 'correct horse battery staple',
}
const first = await startServer(env)
await first.ready()
let second = await startServer(env)
await second.ready()
await insertMonitors(first, postgres.url, target.url, MONITORS)
const tool = await connectTool(first)
const pages = await pagesOf(first, first)
const job = (await first.api('POST', '/jobs', { name: 'EOD', schedule: { kind: 'period', seconds: 3600 } })).body as {
  id: string
}

/** Does it again and again until the function that is returned is called. */
const keepDoing = (everyMs: number, act: () => Promise<unknown>) => {
  let over = false
  const doing = (async () => {
    while (!over) {
      await act().catch(() => undefined)
      await pause(everyMs)
    }
  })()
  return async () => {
    over = true
    await doing
  }
}
const streams = Array.from({ length: STREAMS }, () => follow(first))
const load = [
  // Each is an alert of its own that opens an incident: three a second is a bad day.
  tool.keepSending(300),
  keepDoing(20, () => fetch(`${first.url}/ping/${job.id}`)),
  pages.keepAsking(2_000),
]

type Sample = { minute: number; first: number; second: number; lag: number }
const samples: Sample[] = []
const faults: string[] = []
const breakSomething = async (n: number) => {
  const kind = (['database', 'process', 'mail'] as const)[n % 3]
  if (kind === 'database') {
    await postgres.kill()
    await pause(5_000)
    await postgres.revive()
  } else if (kind === 'process') {
    await second.kill('SIGKILL')
    await pause(2_000)
    second = await startServer(env)
    await second.ready()
  } else {
    await mail.behave({ down: true })
    await pause(20_000)
    await mail.behave({})
  }
  faults.push(kind ?? '')
  say(`fault: ${kind}, over`)
}

for (let minute = 1; minute <= minutes; minute++) {
  const end = performance.now() + 60_000
  if (minute % FAULT_EVERY_MINUTES === 0 && minute < minutes) await breakSomething(faults.length)
  await pause(Math.max(0, end - performance.now()))
  const sample = {
    minute,
    first: await memoryMb(first.child.pid ?? 0),
    second: await memoryMb(second.child.pid ?? 0),
    lag: await lagSeconds(),
  }
  samples.push(sample)
  say(
    `minute ${minute}: ${Math.round(sample.first)} and ${Math.round(sample.second)} MB, oldest due work ${sample.lag.toFixed(1)} s, ${tool.accepted.length} signals, ${pages.accepted.length} pages`,
  )
}
for (const stop of load) await stop()
for (const stop of streams) stop()

const settled = await until('nothing waits', async () => (await lagSeconds()) < 1, 120_000).then(
  () => true,
  () => false,
)
const lost = await tool.lost()
const mailed = (number: string) =>
  mail.messages().some((m) => new RegExp(`\\b${number}\\b`).test(`${m.subject}\n${m.text}`))
await until('each page was mailed', async () => pages.accepted.every(mailed), 120_000).catch(() => undefined)
const skipped = pages.accepted.filter((number) => !mailed(number))
const third = Math.ceil(minutes / 3)
// A collection of garbage takes a seventh for a minute or two: that must not be what one measures by.
const span = Math.max(3, Math.floor(minutes / 6))
const early = median(samples.slice(third, third + span).map((s) => s.first))
const late = median(samples.slice(-span).map((s) => s.first))
const lags = samples.map((s) => s.lag)
const under = `two processes on PostgreSQL ${postgres.version.split(' ')[0]}, ${MONITORS.toLocaleString('en')} monitors at 60 s, ${STREAMS} live feeds, ${faults.length} faults`
const figures: Figure[] = [
  {
    what: `${minutes} minutes of ${under}: memory of a process after a third and at the end, the middle of ${span} minutes each`,
    ours: `${Math.round(early)} MB, ${Math.round(late)} MB`,
    budget: `grows by less than ${100 * MOST_GROWTH} %`,
    ok: late <= early * (1 + MOST_GROWTH),
    beside: `the other one at the end, killed now and then: ${Math.round(samples.at(-1)?.second ?? 0)} MB`,
  },
  {
    what: 'Oldest work that is due, looked at each minute',
    ours: `p50 ${median(lags).toFixed(1)} s, worst ${Math.max(...lags).toFixed(1)} s${settled ? '' : ', and some waited two minutes after the load'}`,
    budget: `< ${MOST_LAG_SECONDS} s`,
    ok: settled && lags.every((lag) => lag <= MOST_LAG_SECONDS),
    beside: `${FAULT_EVERY_MINUTES} minutes between faults: ${[...new Set(faults)].join(', ')}`,
  },
  {
    what: 'Signals that were accepted and are no alerts',
    ours: `${lost.length} of ${tool.accepted.length.toLocaleString('en')}`,
    budget: 'none',
    ok: lost.length === 0,
    beside: `pings beside them, one in 20 ms`,
  },
  {
    what: 'Pages that were asked for and not mailed',
    ours: `${skipped.length} of ${pages.accepted.length.toLocaleString('en')}`,
    budget: 'none',
    ok: skipped.length === 0,
    beside: 'the mail server was away as well',
  },
]
record('soak', figures)
await first.kill('SIGTERM')
await second.kill('SIGTERM')
await mail.stop()
await target.stop()
await postgres.stop()
process.exit(figures.every((f) => f.ok) ? 0 : 1)

/** How late the oldest work that is due is; 0 while the database is away. */
async function lagSeconds(): Promise<number> {
  const client = new pg.Client({ connectionString: postgres.url })
  try {
    await client.connect()
    const { rows } = await client.query(
      `select coalesce(extract(epoch from now() - min(at)), 0)::float8 as lag from due where at < now() and attempts = 0`,
    )
    return rows[0].lag
  } catch {
    return 0
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Reads the live feed as a browser does, and comes back when it is cut. */
function follow(server: ServerProcess): () => void {
  const abort = new AbortController()
  void (async () => {
    while (!abort.signal.aborted) {
      try {
        const headers = { authorization: `Bearer ${adminKey}` }
        const answer = await fetch(`${server.url}/api/events/stream`, { headers, signal: abort.signal })
        for await (const _ of answer.body ?? []) if (abort.signal.aborted) break
      } catch {
        // cut, or stopped
      }
      await pause(500)
    }
  })()
  return () => abort.abort()
}
