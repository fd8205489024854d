import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { referencePages } from '../dev/reference/index.ts'
import { openApiText } from '../server/app.ts'
import { schemaOf, typesOf, uncommented } from '../server/platform/db/dump.ts'
import { createDb, createPool, type Db } from '../server/platform/db/pool.ts'
import { createLog } from '../server/platform/log.ts'
import { scratchDatabase } from './harness/database.ts'

const committed = (path: string) => readFileSync(join(import.meta.dirname, '..', path), 'utf8')
const again = 'Run node dev/generate.ts and commit what it writes.'

let db: Db
let drop: () => Promise<void>
beforeAll(async () => {
  const scratch = await scratchDatabase()
  db = createDb(createPool(scratch.url, 1, createLog('silent')))
  drop = scratch.drop
})
afterAll(async () => {
  await db.destroy()
  await drop()
})

describe('what is generated and committed', () => {
  it('types of the database', async () =>
    expect(await typesOf(db), again).toBe(committed('server/platform/db/schema.gen.ts')))
  it('schema.sql', async () => expect(await schemaOf(db), again).toBe(committed('migrations/schema.sql')))
  it('the OpenAPI document', async () =>
    expect(await openApiText(), again).toBe(committed('docs/reference/openapi.json')))
  it('the pages of the reference', async () => {
    const pages = await referencePages()
    for (const [name, text] of Object.entries(pages))
      expect(text, `${name}: ${again}`).toBe(committed(`docs/reference/${name}`))
    expect(readdirSync(join(import.meta.dirname, '../docs/reference')).sort()).toEqual(
      [...Object.keys(pages), 'openapi.json'].sort(),
    )
  })
  it('every table says what it is for', async () => expect(await uncommented(db)).toEqual([]))
})
