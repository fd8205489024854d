import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import pg from 'pg'
import { sha256 } from '../../server/platform/crypto.ts'
import { migrate, readMigrations } from '../../server/platform/db/migrate.ts'

const migrationsFolder = join(import.meta.dirname, '../../migrations')

/** The server the tests use; `test/harness/global.ts` starts one when this is not set. */
const serverUrl = () => {
  const url = process.env.TEST_DATABASE_URL
  if (!url)
    throw new Error('TEST_DATABASE_URL is not set: run the tests by npm test, which starts a PostgreSQL for them.')
  return url
}

const urlOf = (database: string) => {
  const url = new URL(serverUrl())
  url.pathname = `/${database}`
  return url.toString()
}

let pool: pg.Pool | null = null

/** A connection costs as much as a copy; the few that are needed stay. */
const withAdmin = async <T>(run: (client: pg.PoolClient) => Promise<T>): Promise<T> => {
  if (!pool) {
    pool = new pg.Pool({ connectionString: urlOf('postgres'), max: 2, allowExitOnIdle: true })
    // The server ends before the process does.
    pool.on('error', () => undefined)
  }
  const client = await pool.connect()
  try {
    return await run(client)
  } finally {
    client.release()
  }
}

const TEMPLATE_LOCK = 928_200_002

// Two copies of one template at the same time are refused by the server; they take turns.
const inTurn = async <T>(client: pg.PoolClient, run: () => Promise<T>): Promise<T> => {
  await client.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK])
  try {
    return await run()
  } finally {
    await client.query('select pg_advisory_unlock($1)', [TEMPLATE_LOCK])
  }
}

const copy = (client: pg.PoolClient, name: string, source: string) =>
  client.query(`create database ${name} template ${source}`)

const drop = (client: pg.PoolClient, name: string) => client.query(`drop database if exists ${name} with (force)`)

/** What is put into a migrated database once, for all copies of it; what `make` says is known to each of them. */
export type Made<T> = { name: string; make(url: string): Promise<T> }

const factsOf = async (client: pg.PoolClient, name: string): Promise<{ value: unknown } | null> => {
  const { rows } = await client.query<{ facts: string | null }>(
    `select shobj_description(oid, 'pg_database') as facts from pg_database where datname = $1 and datistemplate`,
    [name],
  )
  return rows[0] ? { value: JSON.parse(rows[0].facts ?? 'null') } : null
}

const makeTemplate = async (client: pg.PoolClient, name: string, source: string, make: Made<unknown>['make']) => {
  await drop(client, name)
  if (source === 'template0') await client.query(`create database ${name} encoding 'UTF8' template template0`)
  else await copy(client, name, source)
  const value = (await make(urlOf(name))) ?? null
  await client.query(`comment on database ${name} is ${client.escapeLiteral(JSON.stringify(value))}`)
  await client.query(`alter database ${name} is_template true`)
  return { value }
}

/** A migrated template, made once for each state of the migrations, and those that are made of it. */
const template = async <T>(client: pg.PoolClient, made?: Made<T>): Promise<{ name: string; value: T }> => {
  const state = sha256(
    readMigrations(migrationsFolder)
      .map((m) => m.hash)
      .join(),
  ).slice(0, 12)
  const migrated = `wf_template_${state}`
  if (!(await factsOf(client, migrated)))
    await makeTemplate(client, migrated, 'template0', async (url) => void (await migrate(url, migrationsFolder)))
  if (!made) return { name: migrated, value: undefined as T }
  const name = `${migrated}_${sha256(made.name).slice(0, 12)}`
  const { value } = (await factsOf(client, name)) ?? (await makeTemplate(client, name, migrated, made.make))
  return { name, value: value as T }
}

export type ScratchDatabase<T = undefined> = { url: string; name: string; made: T; drop(): Promise<void> }

/** A database of one's own, migrated, and empty but for what was `made`. */
export const scratchDatabase = async <T = undefined>(made?: Made<T>): Promise<ScratchDatabase<T>> => {
  const name = `wf_${randomUUID().replaceAll('-', '').slice(0, 20)}`
  const value = await withAdmin((client) =>
    inTurn(client, async () => {
      const source = await template(client, made)
      await copy(client, name, source.name)
      return source.value
    }),
  )
  return {
    url: urlOf(name),
    name,
    made: value,
    drop: () => withAdmin(async (client) => void (await drop(client, name))),
  }
}

/** A database with nothing in it, not even our tables. */
export const unmigratedDatabase = async (): Promise<{ url: string; drop(): Promise<void> }> => {
  const name = `wf_${randomUUID().replaceAll('-', '').slice(0, 20)}`
  await withAdmin((client) => copy(client, name, 'template0'))
  return { url: urlOf(name), drop: () => withAdmin(async (client) => void (await drop(client, name))) }
}
