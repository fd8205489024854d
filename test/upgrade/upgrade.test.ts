import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import pg from 'pg'
import { afterAll, describe, expect, it } from 'vitest'
import { plan } from '../../server/app.ts'
import { system } from '../../server/platform/access.ts'
import { pushedClock } from '../../server/platform/clock.ts'
import { readConfig } from '../../server/platform/config.ts'
import { createCrypto } from '../../server/platform/crypto.ts'
import { migrate, readMigrations } from '../../server/platform/db/migrate.ts'
import { createHouse } from '../../server/platform/house.ts'
import { createLog } from '../../server/platform/log.ts'
import { createNet } from '../../server/platform/net/index.ts'
import { reseal } from '../../server/platform/reseal.ts'
import { execute } from '../../server/platform/verb.ts'
import { scratchDatabase, unmigratedDatabase } from '../harness/database.ts'
import { adminKey } from '../harness/process.ts'
import { seededSecret } from '../harness/seeded.ts'

const migrations = join(import.meta.dirname, '../../migrations')
/** 0010 is the first that was whole, with a day's work in it; it was written by the code of then. */
const kept = readdirSync(import.meta.dirname).filter((file) => file.endsWith('.sql.gz'))

const ask = async (url: string, text: string): Promise<unknown[]> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query(text)
  await client.end()
  return rows
}
/** The shape of a database: tables, columns, indexes, constraints. Partitions come and go with time. */
const shapeOf = async (url: string) => ({
  columns: await ask(
    url,
    `select table_name, column_name, data_type, is_nullable, column_default from information_schema.columns c
     where table_schema = 'public' and not exists (
       select from pg_class p where p.relname = c.table_name and p.relispartition) order by 1, 2`,
  ),
  indexes: await ask(
    url,
    `select pg_get_indexdef(indexrelid) as definition from pg_index i join pg_class c on c.oid = i.indrelid
     where c.relnamespace = 'public'::regnamespace and not c.relispartition order by 1`,
  ),
  constraints: await ask(
    url,
    `select c.relname, pg_get_constraintdef(k.oid) as definition from pg_constraint k join pg_class c on c.oid = k.conrelid
     where k.connamespace = 'public'::regnamespace and not c.relispartition and k.contype <> 'n' order by 1, 2`,
  ),
})

/** What people have put in, of all versions. */
const content = `
  select 'user' as what, id::text, name || email || role as words from public.users
  union all select 'service', id::text, name || slug from public.services
  union all select 'monitor', id::text, name || config::text from public.monitors
  union all select 'schedule', id::text, name from public.schedules
  union all select 'ticket', id::text, title || description || state from public.tickets
  union all select 'message', id::text, body from public.messages
  union all select 'event', id::text, type || data::text from public.events order by 1, 2`

describe('a database of an earlier version', () => {
  const drops: (() => Promise<void>)[] = []
  afterAll(async () => {
    for (const drop of drops) await drop()
  })

  it.each(kept)('%s is brought forward, with all that is in it', async (file) => {
    const database = await unmigratedDatabase()
    drops.push(database.drop)
    await ask(database.url, gunzipSync(readFileSync(join(import.meta.dirname, file))).toString())
    const before = await ask(database.url, content)
    expect(before.length).toBeGreaterThan(100)

    const applied = await migrate(database.url, migrations)
    const names = readMigrations(migrations).map(({ name }) => name)
    expect(applied).toEqual(names.slice(names.indexOf(file.replace('.sql.gz', '')) + 1))
    const fresh = await scratchDatabase()
    drops.push(fresh.drop)
    expect(await shapeOf(database.url)).toEqual(await shapeOf(fresh.url))
    expect(await ask(database.url, content)).toEqual(before)

    const house = await createHouse(plan, {
      config: readConfig({ LOG_LEVEL: 'silent', PORT: '0', ADMIN_API_KEY: adminKey }),
      connection: database.url,
      crypto: createCrypto(seededSecret),
      log: createLog('silent'),
      net: createNet({ allowPrivate: true }),
      clock: pushedClock('2026-11-23T08:00:00Z'),
    })
    await house.prepare()
    const get = async (path: string) => {
      const headers = { authorization: `Bearer ${adminKey}` }
      const answer = await house.http.inject({ url: `/api${path}`, headers })
      expect(answer.statusCode, `${path}: ${answer.body}`).toBe(200)
      return answer.json() as { items: unknown[] }
    }
    for (const path of ['/services', '/users', '/schedules', '/events'])
      expect((await get(path)).items.length, path).toBeGreaterThan(0)
    expect((await get('/events/verification')) as unknown).toMatchObject({ broken: null })
    // What was sealed before seals named their key can be opened, and is sealed anew.
    await execute(house.platform, reseal.verb, { actor: system, input: {} })
    const left = await ask(
      database.url,
      `select id from public.contact_methods where config not like '${house.platform.crypto.sealedBy}%'`,
    )
    expect(left).toEqual([])
    await house.stop()
  })
})
