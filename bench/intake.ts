import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { scratchDatabase } from '../test/harness/database.ts'
import { startServer } from '../test/harness/process.ts'
import { type Figure, peer, perSecond, wrk } from './tools.ts'

const SECONDS = 8
const KEYS = 1_000
/** Senders of one signal a request: many, or it is the answer's delay that is measured. */
const SENDERS = 256

const signal = (n: string) =>
  `{"title":"CPU high on host ' .. ${n} .. '","severity":"high","dedup_key":"cpu-' .. ${n} .. '","service":"none","labels":{"host":"h' .. ${n} .. '"}}`

const script = (key: string, size: number) => `
local n = 0
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Authorization"] = "Bearer ${key}"
local one = function() n = n + 1; local k = n % ${KEYS}; return '${signal('k')}' end
request = function()
  ${size === 1 ? 'return wrk.format(nil, nil, nil, one())' : `local all = {}; for i = 1, ${size} do all[i] = one() end; return wrk.format(nil, nil, nil, '{"signals":[' .. table.concat(all, ',') .. ']}')`}
end`

const pagerdutyScript = (key: string) => `
local n = 0
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
request = function()
  n = n + 1
  return wrk.format(nil, nil, nil, '{"routing_key":"${key}","event_action":"trigger","dedup_key":"k' .. (n % ${KEYS}) .. '","payload":{"summary":"CPU high","source":"h1","severity":"error"}}')
end`

const alertmanagerScript = (size: number) => `
local n = 0
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
local one = function() n = n + 1; local k = n % ${KEYS}; return '{"labels":{"alertname":"CPU","host":"h' .. k .. '","severity":"high"},"annotations":{"summary":"CPU high"}}' end
request = function() local all = {}; for i = 1, ${size} do all[i] = one() end; return wrk.format(nil, nil, nil, '[' .. table.concat(all, ',') .. ']') end`

/** Signals durable, one a request and in batches of 64; beside Alertmanager (in memory, not durable) and the bare insert. */
export const benchIntake = async (): Promise<Figure[]> => {
  const database = await scratchDatabase()
  const server = await startServer({ DATABASE_URL: database.url, LOG_LEVEL: 'error' })
  await server.ready()
  const made = async (kind: string) => {
    const given = { kind, name: `Bench ${kind}`, opensIncident: false, perSecond: 100_000 }
    return (await server.api('POST', '/sources', given)).body as { key: string }
  }
  const source = await made('generic')
  const pagerduty = await made('pagerduty')
  const url = `${server.url}/intake/generic`
  await wrk(url, script(source.key, 64), 3)
  await everyKeyFires(database.url, KEYS)
  const batch = await wrk(url, script(source.key, 64), SECONDS)
  const single = await wrk(url, script(source.key, 1), SECONDS, SENDERS)
  const few = await wrk(url, script(source.key, 1), SECONDS)
  const enqueue = `${server.url}/v2/enqueue`
  await wrk(enqueue, pagerdutyScript(pagerduty.key), 3)
  await everyKeyFires(database.url, 2 * KEYS)
  const events = await wrk(enqueue, pagerdutyScript(pagerduty.key), SECONDS, SENDERS)
  await server.kill('SIGTERM')
  const bare = await bareInsert(database.url)
  await database.drop()
  const am = await alertmanager()
  const figures: Figure[] = [
    {
      what: `Alert signals durable, one a request, ${SENDERS} senders`,
      ours: `${perSecond(single.requests)}${problems(single.errors)}; 64 senders ${perSecond(few.requests)}`,
      beside: `Alertmanager in memory ${perSecond(am.single)}`,
      budget: '≥ 8,000/s',
      ok: single.requests >= 8_000 && single.errors === 0,
      why: 'Profile: the one thread of Node is busy for 80 % of the time, a quarter of that in the system call that writes the answer (writev), a tenth in garbage collection; the rest is spread over reading, Fastify and pg, no function above 2 %. PostgreSQL takes 40 % of a core. A flush is one statement and its commit.',
    },
    {
      what: `PagerDuty events durable, one a request, ${SENDERS} senders`,
      ours: `${perSecond(events.requests)}${problems(events.errors)}`,
      beside: `the same as signals of our own ${perSecond(single.requests)}`,
      budget: '≥ 8,000/s',
      ok: events.requests >= 8_000 && events.errors === 0,
      why: 'Profile: where the machine is otherwise quiet, Node’s thread is busy for nine tenths of the time: an eighth of that in the system call that writes the answer, a tenth in the one that sends statements to PostgreSQL, a tenth in garbage collection, a twentieth in reading the body’s JSON, twice; the rest is spread over HTTP, Fastify and pg.',
    },
    {
      what: 'Alert signals durable, batches of 64',
      ours: `${perSecond(batch.requests * 64)}${problems(batch.errors)}`,
      beside: `Alertmanager in memory ${perSecond(am.batch * 64)}; bare group insert of 64 rows ${perSecond(bare)}`,
      budget: '≥ 30,000/s',
      ok: batch.requests * 64 >= 30_000 && batch.errors === 0,
      why: 'Where the disk of a virtual machine is throttled, all wait for it: Node and PostgreSQL are idle for three quarters of the time, and the bare insert is slower as well. With the disk free it is above the budget.',
    },
  ]
  return figures
}

/** What follows from the first signal of a key has its own figures (latency.ts); here the keys are known and fire on. */
const everyKeyFires = async (databaseUrl: string, keys: number) => {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const isDone = async () => {
    const { rows } = await client.query<{ firing: number; left: number }>(
      `select (select count(*)::int from alerts where status = 'firing') as firing,
        (select count(*)::int from due where at <= now()) as left`,
    )
    return (rows[0]?.firing ?? 0) >= keys && rows[0]?.left === 0
  }
  try {
    for (let tries = 0; tries < 300; tries++) {
      if (await isDone()) return
      await pause(200)
    }
    throw new Error('The alerts of the warm-up were not opened within a minute.')
  } finally {
    await client.end()
  }
}

const problems = (errors: number) => (errors > 0 ? ` (${errors} refused)` : '')

const bareInsert = async (url: string): Promise<number> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query('create table bare (id bigserial primary key, at timestamptz default now(), body jsonb)')
  const bodies = Array.from({ length: 64 }, (_, i) =>
    JSON.stringify({ title: `CPU high on host ${i}`, labels: { host: `h${i}` } }),
  )
  const end = performance.now() + 3_000
  let rows = 0
  while (performance.now() < end) {
    await client.query('insert into bare (body) select * from unnest($1::jsonb[])', [bodies])
    rows += 64
  }
  await client.end()
  return rows / 3
}

const alertmanager = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'wf-am-'))
  const config = join(folder, 'am.yml')
  writeFileSync(config, 'route:\n  receiver: none\nreceivers:\n  - name: none\n')
  const base = 'http://127.0.0.1:19093'
  const running = await peer(
    'prometheus-alertmanager',
    [
      `--config.file=${config}`,
      `--storage.path=${folder}`,
      '--web.listen-address=127.0.0.1:19093',
      '--cluster.listen-address=',
      '--log.level=error',
    ],
    `${base}/-/ready`,
  )
  const single = await wrk(`${base}/api/v2/alerts`, alertmanagerScript(1), SECONDS, SENDERS)
  const batch = await wrk(`${base}/api/v2/alerts`, alertmanagerScript(64), SECONDS)
  await running.stop()
  rmSync(folder, { recursive: true, force: true })
  return { single: single.requests, batch: batch.requests }
}
