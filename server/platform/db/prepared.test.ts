import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type ScratchDatabase, scratchDatabase } from '../../../test/harness/database.ts'
import { createLog } from '../log.ts'
import { createDb, createPool, type Db } from './pool.ts'
import { prepared } from './prepared.ts'

let database: ScratchDatabase<unknown>
let db: Db
beforeAll(async () => {
  database = await scratchDatabase()
  db = createDb(createPool(database.url, 1, createLog('silent')))
})
afterAll(async () => {
  await db.destroy()
  await database.drop()
})

const known = async () => {
  const { rows } = await sql<{ statement: string }>`select statement from pg_prepared_statements`.execute(db)
  return rows.map(({ statement }) => statement)
}

it('a statement that is marked is prepared once for a connection, by a template or a builder; another one is not', async () => {
  for (const n of [1, 2, 3]) {
    const { rows } = await sql<{ n: number }>`${prepared} select ${n}::int as n`.execute(db)
    expect(rows).toEqual([{ n }])
    await db.selectFrom('settings').modifyFront(prepared).select('name').where('name', '=', `${n}`).execute()
    await sql`select ${n}::int as other`.execute(db)
  }
  const statements = await known()
  expect(statements.map((s) => s.replace(/ from .*/, '')).sort()).toEqual([
    '/* prepared */ select $1::int as n',
    'select /* prepared */ "name"',
  ])
})

it('one that fails leaves its transaction as any other does, and works in the next', async () => {
  const half = (n: number) => sql<{ n: number }>`${prepared} select 8 / ${n}::int as n`
  await expect(db.transaction().execute((tx) => half(0).execute(tx))).rejects.toThrow('division by zero')
  expect((await half(2).execute(db)).rows).toEqual([{ n: 4 }])
})
