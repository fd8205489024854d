/**
 * Keeps the database of this version, with the imaginary bank in it, for test/upgrade/upgrade.test.ts: run it by hand
 * before a release, with Debian's PostgreSQL. Writes test/upgrade/<last migration>.sql.gz.
 */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { migrate, readMigrations } from '../../server/platform/db/migrate.ts'
import { seedDatabase } from '../harness/seeded.ts'
import { startSystemPostgres } from '../harness/system-postgres.ts'

const migrations = join(import.meta.dirname, '../../migrations')
const postgres = await startSystemPostgres()
await migrate(postgres.url, migrations)
await seedDatabase(postgres.url, { at: '2026-11-23T07:00:00Z' })
const text = execFileSync('pg_dump', ['--no-owner', '--no-privileges', '--rows-per-insert=500', postgres.url], {
  encoding: 'utf8',
  maxBuffer: 1e9,
})
// What psql alone understands is left out: the test reads it as plain SQL.
const plain = text.replace(/^(\\.*|SET transaction_timeout.*)$/gm, '')
const last = readMigrations(migrations).at(-1)?.name ?? ''
writeFileSync(join(import.meta.dirname, `${last}.sql.gz`), gzipSync(plain, { level: 9 }))
await postgres.stop()
console.log(`${last}: ${(plain.length / 1e6).toFixed(1)} MB`)
process.exit(0)
