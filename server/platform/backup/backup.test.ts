import { randomBytes } from 'node:crypto'
import { copyFileSync, createWriteStream, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { scratchDatabase } from '../../../test/harness/database.ts'
import { testHouse } from '../../../test/harness/house.ts'
import { seededSecret } from '../../../test/harness/seeded.ts'
import { startWebhookSink } from '../../../test/harness/webhook-sink.ts'
import { openScenario, type ScenarioWorld } from '../../../test/harness/world.ts'
import { plan } from '../../app.ts'
import { createCrypto } from '../crypto.ts'
import { migrate } from '../db/migrate.ts'
import { createPool } from '../db/pool.ts'
import { createNet } from '../net/index.ts'
import { createStore } from '../store.ts'
import { restoreBackup } from './restore.ts'
import { writeBackup } from './write.ts'

const migrations = join(import.meta.dirname, '../../../migrations')
const folder = mkdtempSync(join(tmpdir(), 'wf-backup-'))
const attachmentId = crypto.randomUUID()
const bytes = randomBytes(300_000)

let bank: ScenarioWorld
let file: string
beforeAll(async () => {
  bank = await openScenario('2026-11-23T07:00:00Z')
  await bank.api('POST', '/tickets', { title: 'Blotter shows no prices', serviceId: bank.world.services.orderEntry })
  await bank.api('POST', '/tickets', { title: 'Tabs\tand \\N and "quotes", 日本' })
  await bank.advance({ minutes: 10 })
  await bank.house.platform.store.put(attachmentId, Readable.from([bytes]), 1_000_000)
  file = await backedUp('whole.tar.gz')
})
afterAll(async () => {
  await bank?.close()
  rmSync(folder, { recursive: true, force: true })
})

const key = 'scenario-key-0123456789abcdefghi'
const asked = (authorization = `Bearer ${key}`) =>
  bank.house.http.inject({ method: 'GET', url: '/api/backup', headers: { authorization } })
const backedUp = async (name: string) => {
  const answer = await asked()
  expect(answer.statusCode).toBe(200)
  const path = join(folder, name)
  writeFileSync(path, answer.rawPayload)
  return path
}

const emptyPlace = async (secret = seededSecret) => {
  const database = await scratchDatabase()
  const store = createStore(mkdtempSync(join(folder, 'files-')))
  return { database, to: { connection: database.url, migrations, crypto: createCrypto(secret), store } }
}

const ask = async (url: string, statement: string) => {
  const client = new pg.Client({ connectionString: url, options: '-c TimeZone=UTC' })
  await client.connect()
  return client.query(statement).finally(() => client.end())
}

/** Each table as one text, but for what a new database numbers itself and what a running process says of itself. */
const contentOf = async (url: string): Promise<Record<string, string>> => {
  const client = new pg.Client({ connectionString: url, options: '-c TimeZone=UTC' })
  await client.connect()
  const { rows } = await client.query(`select c.relname as name from pg_class c
    where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and c.relname not in ('schema_migrations', 'event_seals', 'shard_leases', 'monitor_processes') order by 1`)
  const all: Record<string, string> = {}
  for (const { name } of rows) {
    const without = name === 'due' ? ` - 'lease' - 'lease_until'` : name === 'events' ? ` - 'xid'` : ''
    const found = await client.query(
      `select coalesce(string_agg(r, E'\\n' order by r), '') as text
       from (select (to_jsonb(t)${without})::text as r from "${name}" t) x where r not like '%system:backup%'`,
    )
    all[name] = found.rows[0].text
  }
  const { rows: sequences } = await client.query(
    'select sequencename, last_value::text from pg_sequences where sequencename like $1 order by 1',
    ['ticket%'],
  )
  await client.end()
  return { ...all, sequences: JSON.stringify(sequences) }
}

describe('a backup', () => {
  test('puts everything back into an empty installation: each row, each file, and it goes on from there', async () => {
    const { database, to } = await emptyPlace()
    const told = await restoreBackup(to, file)
    expect(told.files).toBe(1)
    expect(told.rows.tickets).toBe(2)
    // That it was taken was noted after it.
    const { items } = await bank.api<{ items: { text: string }[] }>('GET', '/events?about=system:backup')
    expect(items[0]?.text).toMatch(/took a backup: \d+ rows and 1 files\./)
    expect(await contentOf(database.url)).toEqual(
      await contentOf(bank.house.platform.pool.options.connectionString ?? ''),
    )
    const found = await to.store.get(attachmentId)
    expect(Buffer.concat((await found?.stream.toArray().then((all) => all)) ?? [])).toEqual(bytes)
    // Links between tables stand again.
    await expect(ask(database.url, 'update tickets set service_id = gen_random_uuid()')).rejects.toThrow(/foreign key/)
    await expect(restoreBackup(to, file)).rejects.toThrow(/people or tickets in this installation already/)
    const restored = await testHouse(plan, {
      start: '2026-11-24T07:00:00Z',
      database,
      secretKey: seededSecret,
      env: { ADMIN_API_KEY: key },
    })
    const made = await restored.http.inject({
      method: 'POST',
      url: '/api/tickets',
      headers: { authorization: `Bearer ${key}` },
      payload: { title: 'The first after it' },
    })
    expect(made.json()).toMatchObject({ ticket: { number: 'INC-3' } })
    await restored.close()
  })

  test('that was cut off, altered or sealed with another key is refused in a sentence, and nothing of it stays', async () => {
    const whole = readFileSync(file)
    const cases: [string, Buffer, RegExp][] = [
      ['half', whole.subarray(0, whole.length >> 1), /is no whole backup|ends too early/],
      ['other', Buffer.from('not a backup at all'), /is no whole backup/],
    ]
    const { database, to } = await emptyPlace()
    for (const [name, content, words] of cases) {
      const path = join(folder, name)
      writeFileSync(path, content)
      await expect(restoreBackup(to, path)).rejects.toThrow(words)
    }
    await expect(restoreBackup(to, join(folder, 'nowhere'))).rejects.toThrow(/cannot be read/)
    await expect(restoreBackup({ ...to, crypto: createCrypto('x'.repeat(40)) }, file)).rejects.toThrow(/secret.key/)
    // After all that the whole one still goes in.
    expect((await restoreBackup(to, file)).rows.tickets).toBe(2)
    await database.drop()
  })

  test('of an older version is brought forward; whoever goes away while it is made leaves nothing behind', async () => {
    const { platform } = bank.house
    const { database, to } = await emptyPlace()
    await ask(database.url, 'drop schema public cascade; create schema public')
    await migrate(database.url, migrations, undefined, '0020_requests')
    await ask(
      database.url,
      `insert into users (id, email, name, role, zone, created_at, updated_at)
       values (gen_random_uuid(), 'old@bank.example', 'Old Hand', 'admin', 'UTC', now(), now())`,
    )
    const pool = createPool(database.url, 1, platform.log)
    const old = writeBackup({ ...platform, pool, store: to.store })
    const path = join(folder, 'old.tar.gz')
    await pipeline(old.stream, createGzip(), createWriteStream(path))
    await pool.end()

    await ask(database.url, 'drop schema public cascade; create schema public')
    expect((await restoreBackup(to, path)).rows.users).toBe(1)
    const { rows } = await ask(database.url, 'select max(name) as newest from schema_migrations')
    expect(rows[0].newest > '0020_requests').toBe(true)
    await database.drop()

    // With a reason, as a connection that is cut gives one, or without.
    for (const why of [undefined, new Error('Premature close')]) {
      const { stream, done } = writeBackup(platform)
      stream.on('error', () => undefined)
      stream.once('data', () => stream.destroy(why))
      await expect(done).rejects.toThrow()
    }
    await expect.poll(() => platform.pool.totalCount - platform.pool.idleCount).toBe(0)
  })

  test('has webhooks go on where they were, though transactions have other numbers there', async () => {
    const sink = await startWebhookSink()
    const job = (name: string) => ({
      name,
      serviceId: bank.world.services.orderEntry,
      schedule: { kind: 'period', seconds: 86_400 },
    })
    const { id } = await bank.api<{ id: string }>('POST', '/webhooks', {
      name: 'Bus',
      url: sink.url,
      secret: sink.secret,
      about: ['job'],
    })
    await bank.api('POST', '/jobs', job('Before it'))
    await bank.house.settle()
    expect(sink.messages()).toHaveLength(1)
    const path = await backedUp('hooks.tar.gz')
    await bank.api('DELETE', `/webhooks/${id}`)
    const { database, to } = await emptyPlace()
    await restoreBackup(to, path)
    const env = { ADMIN_API_KEY: key }
    const net = createNet({ allowPrivate: true })
    const start = '2026-11-24T07:00:00Z'
    const restored = await testHouse(plan, { start, database, secretKey: seededSecret, env, net })
    const headers = { authorization: `Bearer ${key}` }
    await restored.http.inject({ method: 'POST', url: '/api/jobs', headers, payload: job('After it') })
    await restored.settle()
    expect(sink.messages().map(({ body }) => body.data.text)).toEqual([
      expect.stringContaining('added the job Before it.'),
      expect.stringContaining('added the job After it.'),
    ])
    await restored.close()
    await sink.stop()
  })

  test('of a newer version is refused in a sentence, and the installation stays as it was', async () => {
    const older = mkdtempSync(join(folder, 'older-'))
    for (const name of readdirSync(migrations).filter((n) => /^\d{4}_/.test(n) && n < '0028'))
      copyFileSync(join(migrations, name), join(older, name))
    const { database, to } = await emptyPlace()
    await ask(database.url, 'drop schema public cascade; create schema public')
    await expect(restoreBackup({ ...to, migrations: older }, file)).rejects.toThrow(
      /made by a version of Watchfloor that has 0028_push, which this one has not\. Restore it with that version or a newer one/,
    )
    const { rows } = await ask(database.url, `select count(*)::int as n from pg_class where relname = 'tickets'`)
    expect(rows[0].n).toBe(0)
    await database.drop()
  })

  test('is for administrators alone', async () => {
    expect((await asked('')).statusCode).toBe(401)
  })
})
