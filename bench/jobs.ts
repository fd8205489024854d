import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { asked } from '../test/harness/asked.ts'
import { scratchDatabase } from '../test/harness/database.ts'
import { type ServerProcess, startServer } from '../test/harness/process.ts'
import { CHAINED, fillJobs, JOBS, type JobHouse, jobId } from './fill-jobs.ts'
import { BUSY, fillRuns } from './fill-runs.ts'
import { effectOf, idle, judging, missesOf, timeAway } from './jobs-in-time.ts'
import { healthchecksOf } from './jobs-of-healthchecks.ts'
import { answerTimes, type Figure, ms, percentile } from './tools.ts'

/** Of a smaller disk, or in a hurry: BENCH_RUNS=10000000. */
const RUNS = Number(process.env.BENCH_RUNS ?? 30_000_000)
const ASKED = 60

const say = (line: string) => process.stderr.write(`  ${line}\n`)

/** 100,000 jobs with all runs that are kept: lists, pages, a start, misses, and two hours in which nobody looked. */
export const benchJobs = async (): Promise<Figure[]> => {
  const { url, house, drop } = await filled()
  const env = { DATABASE_URL: url, LOG_LEVEL: 'error' }
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ runs: number; gb: number }>(
    `select sum(reltuples)::int8::float8 as runs, sum(pg_total_relation_size(c.oid))::float8 / 1e9 as gb
     from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'pings'::regclass`,
  )
  const kept = `${((rows[0]?.runs ?? 0) / 1e6).toFixed(1)} million runs (${(rows[0]?.gb ?? 0).toFixed(1)} GB)`
  let server = await startServer(env)
  await server.ready()
  const brought = await firstStart(client)
  const lookup = await timesOf(async (n) => {
    await client.query('select id from jobs where id = $1', [jobId(1 + ((n * 7_919) % JOBS))])
  })
  const beside = `a lookup by id in the database: p95 ${ms(percentile(lookup, 95))}`
  const figures: Figure[] = brought === null ? [] : [brought]
  // A program that has just started is not what is measured here.
  await answerTimes(server, ASKED, () => list)
  for (const [what, limit, paths] of await asksOf(server, house)) {
    let [slowest, worst] = ['', 0]
    for (const path of paths) {
      const value = percentile(await answerTimes(server, ASKED, path), 95)
      say(`${ms(value)} ${path(9).slice(0, 100)}`)
      if (value > worst) [slowest, worst] = [path(9), value]
    }
    figures.push({
      what: `${what}, with ${JOBS.toLocaleString('en')} jobs and ${kept}`,
      ours: `p95 ${ms(worst)}, the slowest of ${paths.length}: ${slowest.replace(/[0-9a-f-]{36}/g, '…').replace(/cursor=.*/, 'cursor=…')}`,
      beside,
      budget: `p95 < ${limit} ms`,
      ok: worst < limit,
      why: 'A page of a hundred jobs takes some 20 ms of Node, of which half makes JSON and looks whether it is as the contract says, and 8 ms of PostgreSQL where few jobs need somebody.',
    })
  }
  figures.push(...(await healthchecksOf(server, house)))
  figures.push(await effectOf(server, house), await idle(server), await judging(client), await missesOf(client))
  await server.kill('SIGTERM')
  server = await startServer(env)
  const began = performance.now()
  await server.ready()
  const took = performance.now() - began
  figures.push({
    what: `A start with ${JOBS.toLocaleString('en')} jobs`,
    ours: `ready after ${ms(took)}`,
    beside: 'see start, with none',
    budget: '< 5 s',
    ok: took < 5_000,
  })
  await server.kill('SIGTERM')
  figures.push(...(await timeAway(env, client)))
  await client.end()
  await drop()
  return figures
}

/** Jobs that are rows only are as from an older version: the first start fills what they lack. null: they lack nothing. */
const firstStart = async (client: pg.Client): Promise<Figure | null> => {
  const lacking = async (sql: string) => (await client.query(`${sql} limit 1`)).rows.length > 0
  const isOld = await lacking('select 1 from job_states where bars is null')
  const began = performance.now()
  while (await lacking('select 1 from jobs where unique_key is null')) await pause(500)
  while (await lacking('select 1 from job_states where bars is null')) await pause(500)
  if (!isOld) return null
  return {
    what: 'The first start after an update from before lists had bars of their own fills them, behind its work',
    ours: `${Math.round((performance.now() - began) / 1000)} s after it was ready`,
    beside: 'lists read the pings of what is not filled yet',
    budget: '',
    ok: null,
  }
}

/** BENCH_JOBS: the address of a database that an earlier run has filled, to measure it again; it is left as it is then. */
const filled = async (): Promise<{ url: string; house: JobHouse; drop(): Promise<void> }> => {
  const given = process.env.BENCH_JOBS
  const database = given ? { url: given, drop: async () => undefined } : await scratchDatabase()
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  if (!given) {
    const server = await startServer({ DATABASE_URL: database.url, LOG_LEVEL: 'error' })
    await server.ready()
    await fillJobs(server, client)
    await server.kill('SIGTERM')
    await fillRuns(database.url, RUNS, say)
  }
  const ids = async (sql: string) => (await client.query<{ id: string }>(sql)).rows.map((r) => r.id)
  const [big] = await ids('select team_id as id from jobs group by 1 order by count(*) desc limit 1')
  const house = {
    services: await ids('select id from services order by name'),
    teams: await ids(`select id from teams where id <> '${big}' order by name`),
    big: big ?? '',
    deadlines: await ids('select id from chain_deadlines order by name'),
  }
  await client.end()
  return { url: database.url, house, drop: database.drop }
}

type Path = (n: number) => string
const pick = <T>(list: readonly T[], n: number): T => list[n % list.length] as T

/** A page of a list further down. */
const later = async (server: ServerProcess, path: string, pages: number): Promise<Path> => {
  let next = ''
  for (let i = 0; i < pages; i++) {
    const body = (await asked(server, `${path}${next}`)).body as { next: string | null }
    if (body.next) next = `&cursor=${encodeURIComponent(body.next)}`
  }
  return () => `${path}${next}`
}

const list = '/jobs?limit=100'
const states = ['missing', 'failed', 'running_long', 'late', 'unknown', 'running', 'ok', 'new', 'paused']

const asksOf = async (server: ServerProcess, house: JobHouse): Promise<[string, number, Path[]][]> => [
  [
    'A list of jobs',
    100,
    [
      () => list,
      await later(server, list, 30),
      await later(server, `${list}&state=ok`, 30),
      ...['trouble', 'paused', 'archived'].map((view) => () => `${list}&view=${view}`),
      ...states.map((state) => () => `${list}&state=${state}`),
      (n) => `${list}&serviceId=${pick(house.services, n)}`,
      (n) => `${list}&serviceId=${pick(house.services, n)}&state=failed`,
      (n) => `${list}&teamId=${pick(house.teams, n)}`,
      () => `${list}&teamId=${house.big}`,
      (n) => `${list}&tag=region-${n % 4}`,
      () => `${list}&tag=regulator`,
      () => `${list}&environment=test`,
      () => `${list}&unusual=any`,
      () => `${list}&unusual=volume`,
      () => `${list}&q=settlement`,
      (n) => `${list}&q=${1 + ((n * 7_919) % JOBS)}`,
      () => `${list}&q=zebrafish`,
      () => `${list}&q=on`,
      () => `${list}&q=curve&teamId=${house.big}&environment=prod`,
      () => '/jobs/counts',
      () => '/jobs/at-risk',
    ],
  ],
  [
    'What the page of a job asks for',
    150,
    [
      (n) => `/jobs/${jobId(ordinary(n))}`,
      (n) => `/jobs/${jobId(busy(n))}`,
      (n) => `/jobs/${jobId(ordinary(n))}/runs?limit=60`,
      (n) => `/jobs/${jobId(busy(n))}/runs?limit=60`,
      await later(server, `/jobs/${jobId(busy(7))}/runs?limit=60`, 30),
      ...['late', 'failed', 'short', 'unusual_duration'].flatMap((verdict) => [
        (n: number) => `/jobs/${jobId(ordinary(n))}/runs?limit=60&verdict=${verdict}`,
        (n: number) => `/jobs/${jobId(busy(n))}/runs?limit=60&verdict=${verdict}`,
      ]),
      (n) => `/jobs/${jobId(busy(n))}/runs?limit=60&said=ORA-1${n % 10}`,
      (n) => `/events?about=job:${jobId(busy(n))}&limit=50`,
      (n) => `/jobs/${jobId(1 + ((n * 7) % CHAINED))}/graph?up=2&down=2`,
    ],
  ],
  [
    'The board of chains, and a chain of 125 jobs',
    1_000,
    [
      () => '/deadlines?limit=100',
      () => '/deadlines?limit=100&view=trouble',
      () => '/deadlines?limit=100&q=chain',
      () => '/deadlines/counts',
      (n) => `/deadlines/${pick(house.deadlines, n)}/night`,
    ],
  ],
]

const ordinary = (n: number) => 1 + ((n * 7_919) % JOBS)
const busy = (n: number) => (1 + (n % BUSY)) * (JOBS / BUSY)

const timesOf = async (act: (n: number) => Promise<unknown>): Promise<number[]> => {
  const times: number[] = []
  for (let n = 0; n < ASKED; n++) {
    const started = performance.now()
    await act(n)
    times.push(performance.now() - started)
  }
  return times
}
