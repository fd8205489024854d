import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { sha256 } from '../crypto.ts'
import type { Log } from '../log.ts'
import { type Connection, connectionSettings } from './pool.ts'

const MIGRATION_LOCK = 928_200_001

export type Migration = { name: string; sql: string; hash: string }

export const readMigrations = (folder: string): Migration[] =>
  readdirSync(folder)
    .filter((f) => /^\d{4}_.*\.sql$/.test(f))
    .sort()
    .map((f) => {
      const sql = readFileSync(join(folder, f), 'utf8')
      return { name: f.replace(/\.sql$/, ''), sql, hash: sha256(sql) }
    })

/**
 * Brings the database forward, each migration in a transaction of its own, under a lock, so that processes that start
 * together do it once. Refuses a database that a newer Watchfloor has migrated, or a migration that was changed after
 * it was applied. `upTo`: no further than that one. Returns the names applied.
 */
export const migrate = async (connection: Connection, folder: string, log?: Log, upTo?: string): Promise<string[]> => {
  const client = new pg.Client({ ...connectionSettings(connection), statement_timeout: 0 })
  // A connection that breaks reports to the query that uses it.
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query('set lock_timeout = 0')
    await client.query('set statement_timeout = 0')
    await requireVersion(client)
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK])
    await client.query(`create table if not exists schema_migrations (
      name text primary key, hash text not null, applied_at timestamptz not null default now())`)
    const applied = new Map<string, string>(
      (await client.query('select name, hash from schema_migrations')).rows.map((r) => [r.name, r.hash]),
    )
    const migrations = readMigrations(folder)
    check(migrations, applied)
    const fresh = migrations.filter((m) => !applied.has(m.name) && (upTo === undefined || m.name <= upTo))
    for (const m of fresh) {
      // Where there is much, some take minutes: whoever waits is told. An empty database is made in a second.
      if (applied.size > 0) log?.info({ migration: m.name }, 'the database is brought forward')
      await apply(client, m, log)
    }
    return fresh.map((m) => m.name)
  } finally {
    await client.end().catch(() => undefined)
  }
}

const requireVersion = async (client: pg.Client) => {
  const version = Number((await client.query('show server_version_num')).rows[0].server_version_num)
  if (version < 150_000) {
    throw new Error(
      `DATABASE_URL: the server is PostgreSQL ${Math.floor(version / 10_000)}; Watchfloor needs 15 or later.`,
    )
  }
}

const check = (migrations: Migration[], applied: Map<string, string>) => {
  const known = new Map(migrations.map((m) => [m.name, m.hash]))
  for (const [name, hash] of applied) {
    const here = known.get(name)
    if (!here)
      throw new Error(
        `The database has migration ${name}, which this version of Watchfloor does not know. Start a version that is at least as new as the one that ran last.`,
      )
    if (here !== hash)
      throw new Error(
        `Migration ${name} was changed after it was applied. Migrations are immutable: restore the file and add a new one.`,
      )
  }
}

const apply = async (client: pg.Client, migration: Migration, log?: Log) => {
  await client.query('begin')
  try {
    await client.query(migration.sql)
    await client.query('insert into schema_migrations (name, hash) values ($1, $2)', [migration.name, migration.hash])
    await client.query('commit')
    log?.debug({ migration: migration.name }, 'migrated')
  } catch (error) {
    // Whoever has lost the connection has lost the transaction with it.
    await client.query('rollback').catch(() => undefined)
    throw new Error(`Migration ${migration.name} failed: ${(error as Error).message}`, { cause: error })
  }
}
