/** Writes what is generated: from the migrated database its types and the schema that a review shows, from the contract the OpenAPI document. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openApiText } from '../server/app.ts'
import { schemaOf, typesOf } from '../server/platform/db/dump.ts'
import { createDb, createPool } from '../server/platform/db/pool.ts'
import { createLog } from '../server/platform/log.ts'
import { scratchDatabase } from '../test/harness/database.ts'
import startDatabase from '../test/harness/global.ts'
import { referencePages } from './reference/index.ts'

const root = join(import.meta.dirname, '..')
const stop = await startDatabase()
const scratch = await scratchDatabase()
const pool = createPool(scratch.url, 1, createLog('warn'))
const db = createDb(pool)
writeFileSync(join(root, 'server/platform/db/schema.gen.ts'), await typesOf(db))
writeFileSync(join(root, 'migrations/schema.sql'), await schemaOf(db))
await db.destroy()
await scratch.drop()
await stop?.()
mkdirSync(join(root, 'docs/reference'), { recursive: true })
writeFileSync(join(root, 'docs/reference/openapi.json'), await openApiText())
for (const [name, text] of Object.entries(await referencePages()))
  writeFileSync(join(root, 'docs/reference', name), text)
