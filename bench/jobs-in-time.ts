import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import { adminKey, type ServerProcess, startServer } from '../test/harness/process.ts'
import { type JobHouse, jobId } from './fill-jobs.ts'
import { cpuSeconds, type Figure, memoryMb, ms, percentile } from './tools.ts'

const CHANGES = 20
const MISSES = 2_000
const AWAY_HOURS = 2
const AWAY = 20_000
const GRACE_SECONDS = 60

/** A job of a chain fails: until an open page has been told and has read the night with it. */
export const effectOf = async (server: ServerProcess, house: JobHouse): Promise<Figure> => {
  const [deadline = ''] = house.deadlines
  const leave = new AbortController()
  const { body } = await fetch(`${server.url}/api/events/stream`, {
    headers: { authorization: `Bearer ${adminKey}` },
    signal: leave.signal,
  })
  let told = ''
  const decoder = new TextDecoder()
  const heard = body
    ?.pipeTo(
      new WritableStream({
        write(chunk: Uint8Array) {
          told += decoder.decode(chunk, { stream: true })
        },
      }),
    )
    .catch(() => undefined)
  // Twenty jobs of the first chain, none of which has failed.
  const ids = Array.from({ length: CHANGES }, (_, n) => jobId(70 + n))
  for (const id of ids) await fetch(`${server.url}/ping/${id}`, { method: 'POST' })
  await pause(3_000)
  told = ''
  const times: number[] = []
  for (const id of ids) {
    const started = performance.now()
    await fetch(`${server.url}/ping/${id}/fail`, { method: 'POST' })
    while (!told.includes(`job:${id}`)) {
      if (performance.now() - started > 30_000) throw new Error(`Nobody was told that ${id} failed.`)
      await pause(5)
    }
    const { body: night } = await server.api('GET', `/deadlines/${deadline}/night`)
    const job = (night as { jobs: { id: string; phase: string }[] }).jobs.find((j) => j.id === id)
    if (!job) throw new Error(`The night does not show ${id}.`)
    times.push(performance.now() - started)
  }
  leave.abort()
  await heard
  return {
    what: 'A job of a chain fails → the open page of the chain has read it',
    ours: `p50 ${ms(percentile(times, 50))}, slowest ${ms(Math.max(...times))}`,
    beside: `${CHANGES} failures, 5,000 jobs in 40 chains`,
    budget: '< 1 s',
    ok: Math.max(...times) < 1_000,
  }
}

const IDLE_SECONDS = 60

/** What it costs while nothing happens but that jobs come due. */
export const idle = async (server: ServerProcess): Promise<Figure> => {
  const pid = server.child.pid ?? 0
  const before = await cpuSeconds(pid)
  await pause(IDLE_SECONDS * 1_000)
  const used = (await cpuSeconds(pid)) - before
  const mb = await memoryMb(pid)
  return {
    what: 'Memory, 100,000 jobs',
    ours: `${Math.round(mb)} MB (PSS)`,
    beside: `${((100 * used) / IDLE_SECONDS).toFixed(0)} % of a core for ${IDLE_SECONDS} s in which nobody pings`,
    budget: '< 700 MB',
    ok: mb < 700,
  }
}

const ENDED = 5_000

/** A burst of a night: runs that have ended, until each was compared with what is usual of its job. */
export const judging = async (client: pg.Client): Promise<Figure> => {
  const ids = ordinary(80_000, ENDED)
  await client.query('update job_norms set judged_at = null, norms = null where job_id = any($1::uuid[])', [ids])
  await client.query('update job_states set last_run = gen_random_uuid() where job_id = any($1::uuid[])', [ids])
  const waiting = async () =>
    (
      await client.query<{ n: number }>(
        `select count(*)::int as n from job_states s join job_norms g using (job_id)
         where s.last_run is distinct from g.judged_run and job_id = any($1::uuid[])`,
        [ids],
      )
    ).rows[0]?.n ?? 0
  while ((await waiting()) === ENDED) await pause(200)
  const started = performance.now()
  while ((await waiting()) > 0) await pause(500)
  const seconds = (performance.now() - started) / 1_000
  return {
    what: `The last runs of ${ENDED.toLocaleString('en')} jobs are compared with what is usual of them`,
    ours: `${seconds.toFixed(0)} s from the first to the last, with 200 runs of history each`,
    beside: 'a thousand each minute before',
    budget: '',
    ok: null,
  }
}

/** Jobs of ordinary life that are due in `seconds` from now by the clock of the database; the others are left alone. */
const dueIn = async (client: pg.Client, ids: readonly string[], seconds: number, graceSeconds: number) => {
  await client.query('update jobs set grace_seconds = $2, version = version + 1 where id = any($1::uuid[])', [
    ids,
    graceSeconds,
  ])
  await client.query(
    `update job_states set due_at = now() + $2 * interval '1 second', look_at = now() + ($2 + $3) * interval '1 second',
       outcome = 'success', missed_at = null, unheard_at = null, is_long = false, open = '[]', version = version + 1 where job_id = any($1::uuid[])`,
    [ids, seconds, graceSeconds],
  )
}

const ordinary = (from: number, count: number) =>
  Array.from({ length: count * 2 }, (_, i) => from + i)
    .filter((n) => n % 1000 >= 65)
    .slice(0, count)
    .map(jobId)

/** Many that should have come at the same time: when the last of them is known to be missing, and has its alert. */
export const missesOf = async (client: pg.Client): Promise<Figure> => {
  const ids = ordinary(20_000, MISSES)
  await dueIn(client, ids, 10, 0)
  const { rows } = await client.query<{ at: number }>(
    'select (extract(epoch from min(due_at)) * 1000)::float8 as at from job_states where job_id = any($1::uuid[])',
    [ids],
  )
  const due = rows[0]?.at ?? 0
  const all = async (sql: string): Promise<number> => {
    for (;;) {
      const found = await client.query<{ n: number; now: number }>(
        `select (${sql})::int as n, (extract(epoch from clock_timestamp()) * 1000)::float8 as now`,
        [ids],
      )
      if (found.rows[0]?.n === MISSES) return found.rows[0].now - due
      await pause(50)
    }
  }
  const known = await all('select count(*) from job_states where missed_at is not null and job_id = any($1::uuid[])')
  const alerted = await all(`select count(*) from job_told where kind = 'miss' and job_id = any($1::uuid[])`)
  return {
    what: `${MISSES.toLocaleString('en')} jobs that should have come at the same moment are known to be missing`,
    ours: `the last after ${ms(known)}`,
    beside: `the last has its alert after ${ms(alerted)}`,
    budget: '< 2 s',
    ok: known < 2_000,
  }
}

/** Nothing ran for two hours, in which a fifth of all jobs was due. None of them ran, and some had been missing before. */
export const timeAway = async (env: Record<string, string>, client: pg.Client): Promise<Figure[]> => {
  const count = async (sql: string, values: unknown[] = []) =>
    Number((await client.query<{ n: string }>(`select count(*) as n ${sql}`, values)).rows[0]?.n ?? 0)
  // As if the last look had been two hours ago.
  await client.query(
    `update observed_spans set from_at = least(from_at, now() - interval '${AWAY_HOURS} hours 30 minutes'), to_at = now() - interval '${AWAY_HOURS} hours'
     where from_at = (select max(from_at) from observed_spans)`,
  )
  const ids = ordinary(30_000, AWAY)
  const after = ordinary(60_000, 100)
  await dueIn(client, ids, -(AWAY_HOURS / 2) * 3_600, GRACE_SECONDS)
  // Early pings count from a minute before, and the record of when we looked begins at a full minute.
  await dueIn(client, after, 180, 30)
  const missedBefore = await count(`from events where type = 'job.missed'`)
  const server = await startServer(env)
  const began = performance.now()
  await server.ready()
  const ready = performance.now() - began
  const limit = began + 600_000
  const unheard = () => count('from job_states where unheard_at is not null and job_id = any($1::uuid[])', [ids])
  while ((await unheard()) < AWAY && performance.now() < limit) await pause(1_000)
  const known = performance.now() - began
  // Before others of them come due again, and do not come.
  const falseMisses = await count('from job_states where missed_at is not null and job_id = any($1::uuid[])', [ids])
  const missed = () => count(`from job_states where missed_at is not null and job_id = any($1::uuid[])`, [after])
  while ((await missed()) < after.length && performance.now() < limit) await pause(1_000)
  const told = () => count(`from job_told where kind = 'unheard' and job_id = any($1::uuid[])`, [ids])
  while ((await told()) < AWAY && performance.now() < limit) await pause(1_000)
  const trueMisses = await count(`from events where type = 'job.missed' and subject = any($1::text[])`, [
    after.map((id) => `job:${id}`),
  ])
  const others = (await count(`from events where type = 'job.missed'`)) - missedBefore - trueMisses
  await server.kill('SIGTERM')
  return [
    {
      what: `A start after ${AWAY_HOURS} hours away in which ${AWAY.toLocaleString('en')} jobs were due`,
      ours: `ready after ${ms(ready)}; ${falseMisses} false misses`,
      beside: `all known as not observed ${Math.round(known / 1000)} s after the start (60 s for what senders have kept, and a grace of ${GRACE_SECONDS} s)`,
      budget: '< 5 s, no false miss',
      ok: ready < 5_000 && falseMisses === 0,
    },
    {
      what: 'Of those that are due after it and do not come, told',
      ours: `${trueMisses} misses for ${after.length} jobs`,
      beside: `${others} misses of other jobs, which came due meanwhile`,
      budget: 'each once',
      ok: trueMisses === after.length,
    },
  ]
}
