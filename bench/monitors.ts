import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import pg from 'pg'
import { scratchDatabase } from '../test/harness/database.ts'
import { adminKey, type ServerProcess, startServer } from '../test/harness/process.ts'
import { cpuSeconds, type Figure, memoryMb, ms } from './tools.ts'

const run = promisify(execFile)
const INTERVAL = 60
const MEASURED_SECONDS = 60
const LISTENERS = 100

/** 20,000 HTTP monitors at 60 s: CPU and lateness of the looks, beside bare undici at the same rate. */
export const benchMonitors = async (): Promise<Figure[]> => {
  const many = await measure(20_000)
  const rate = many.looks / MEASURED_SECONDS
  const bare = JSON.parse(
    (
      await run(process.execPath, [
        join(import.meta.dirname, 'bare-undici.ts'),
        many.target,
        String(Math.round(rate)),
        '30',
      ])
    ).stdout,
  )
  many.stopTarget()
  const few = await measure(5_000)
  few.stopTarget()
  return [
    {
      what: '20,000 HTTP monitors at 60 s',
      ours: `${Math.round(rate)} looks/s, ${((100 * many.cpu) / MEASURED_SECONDS).toFixed(0)} % of a core, late p50 ${ms(many.late50)}, p99 ${ms(many.late99)}`,
      beside: `bare undici, fresh connections, ${Math.round(bare.done / 30)}/s: ${((100 * bare.cpu) / 30).toFixed(0)} % of a core`,
      budget: '100,000 on one core: ≤ 20 % here',
      ok: rate > 300 ? many.cpu / MEASURED_SECONDS <= 0.2 : false,
    },
    {
      what: 'Memory, idle',
      ours: `${Math.round(few.idleMb)} MB (PSS)`,
      beside: 'before any monitor, server process alone',
      budget: '',
      ok: null,
    },
    {
      what: `Memory, 5,000 monitors and ${LISTENERS} users connected`,
      ours: `${Math.round(few.busyMb)} MB (PSS)`,
      beside: `with 20,000: ${Math.round(many.busyMb)} MB`,
      budget: '< 700 MB',
      ok: few.busyMb < 700,
    },
  ]
}

const measure = async (count: number) => {
  const target = spawn(process.execPath, [join(import.meta.dirname, 'target.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = await once(target.stdout, 'data')
  const address = String(line).trim()
  const database = await scratchDatabase()
  const server = await startServer({ DATABASE_URL: database.url, LOG_LEVEL: 'error' })
  await server.ready()
  const pid = server.child.pid ?? 0
  const idleMb = await memoryMb(pid)
  await insertMonitors(server, database.url, address, count)
  const leave = new AbortController()
  await Promise.all(Array.from({ length: LISTENERS }, () => listenTo(server, leave.signal)))
  // One whole round first: connections, plans and the first states.
  await pause((INTERVAL + 15) * 1000)
  const [cpu, before] = [await cpuSeconds(pid), await lateness(server)]
  await pause(MEASURED_SECONDS * 1000)
  const used = (await cpuSeconds(pid)) - cpu
  const after = await lateness(server)
  const buckets = after.buckets.map((b, i) => ({ le: b.le, count: b.count - (before.buckets[i]?.count ?? 0) }))
  const busyMb = await memoryMb(pid)
  leave.abort()
  await server.kill('SIGTERM')
  await database.drop()
  const looks = after.count - before.count
  return {
    cpu: used,
    looks,
    late50: quantile(buckets, looks, 0.5),
    late99: quantile(buckets, looks, 0.99),
    idleMb,
    busyMb,
    target: address,
    stopTarget: () => void target.kill(),
  }
}

/** Somebody with a page open, who is told of what happens. */
const listenTo = async (server: ServerProcess, signal: AbortSignal) => {
  const headers = { authorization: `Bearer ${adminKey}` }
  const { body } = await fetch(`${server.url}/api/events/stream`, { headers, signal })
  void body?.pipeTo(new WritableStream()).catch(() => undefined)
}

/** One monitor through the API, the others as copies of its row: 20,000 verbs would measure something else. */
export const insertMonitors = async (server: ServerProcess, url: string, address: string, count: number) => {
  const made = (
    await server.api('POST', '/monitors', {
      kind: 'http',
      name: 'monitor 0',
      config: { address },
      intervalSeconds: INTERVAL,
    })
  ).body as { id: string }
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const columns = async (table: string) =>
    (
      await client.query(
        'select column_name from information_schema.columns where table_name = $1 and is_generated = $2 order by ordinal_position',
        [table, 'NEVER'],
      )
    ).rows.map((r) => r.column_name as string)
  const copy = async (table: string, key: string) => {
    const names = await columns(table)
    const values = names.map((c) =>
      c === key ? 'ids.id' : c === 'name' ? "'monitor ' || ids.n" : c === 'shard' ? 'ids.n % 64' : `t.${c}`,
    )
    await client.query(
      `insert into ${table} (${names.join(', ')}) select ${values.join(', ')} from ${table} t, ids where t.${key} = $1`,
      [made.id],
    )
  }
  await client.query(
    `create temporary table ids as select n, gen_random_uuid() as id from generate_series(1, ${count - 1}) n`,
  )
  await copy('monitors', 'id')
  await copy('monitor_states', 'monitor_id')
  await client.query('update monitor_shards set changes = changes + 1')
  await client.end()
}

const lateness = async (server: ServerProcess) => {
  const text = await (await fetch(`${server.url}/metrics`)).text()
  const buckets = [...text.matchAll(/^watchfloor_check_late_seconds_bucket\{le="([^"]+)"[^}]*\} (\d+)/gm)].map((m) => ({
    le: Number(m[1] === '+Inf' ? Number.POSITIVE_INFINITY : m[1]),
    count: Number(m[2]),
  }))
  return { buckets, count: Number(/^watchfloor_check_late_seconds_count (\d+)/m.exec(text)?.[1] ?? 0) }
}

/** The upper edge of the bucket in which the quantile lies, in milliseconds. */
const quantile = (buckets: { le: number; count: number }[], total: number, q: number): number =>
  (buckets.find((b) => b.count >= total * q)?.le ?? Number.POSITIVE_INFINITY) * 1000
