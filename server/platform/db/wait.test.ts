import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { unmigratedDatabase } from '../../../test/harness/database.ts'
import { wireTo } from '../../../test/harness/wire.ts'
import { createLog } from '../log.ts'
import { migrate } from './migrate.ts'
import { whenThere } from './wait.ts'

const folder = mkdtempSync(join(tmpdir(), 'wf-wait-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const log = createLog('silent')

const ask = async (url: string, text: string) => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return (await client.query(text).finally(() => client.end())).rows
}

test('a database that fails over in the middle of a migration has it wholly, and once', async () => {
  writeFileSync(join(folder, '0001_first.sql'), 'create table first (n int);')
  writeFileSync(
    join(folder, '0002_long.sql'),
    'create table tries (n int); insert into tries values (1); select pg_sleep(1.5); alter table first add column m int;',
  )
  const database = await unmigratedDatabase()
  const line = await wireTo(database.url)
  const done = whenThere(line.url, log, () => migrate(line.url, folder))
  await expect
    .poll(() =>
      ask(
        database.url,
        `select 1 from pg_stat_activity where query like '%pg_sleep(1.5)%' and state = 'active' and pid <> pg_backend_pid()`,
      ),
    )
    .toHaveLength(1)
  await line.cut()
  expect(await ask(database.url, `select name from schema_migrations`)).toEqual([{ name: '0001_first' }])
  await line.restore()
  expect(await done).toEqual(['0002_long'])
  expect(await ask(database.url, 'select count(*)::int as n from tries')).toEqual([{ n: 1 }])
  await line.stop()
  await database.drop()
})

test('one that never comes is told by its place and the reason, without a password', async () => {
  const away = 'postgres://watchfloor:secret@127.0.0.1:9/watchfloor'
  const tried = whenThere(away, log, () => migrate(away, folder), 1_200)
  await expect(tried).rejects.toThrow(
    'The database at 127.0.0.1:9 does not answer (connect ECONNREFUSED 127.0.0.1:9). Start it, or set DATABASE_URL to where it is.',
  )
  // What waiting does not mend is told at once.
  await expect(whenThere(away, log, () => Promise.reject(new Error('changed after it was applied')))).rejects.toThrow(
    'changed after',
  )
})
