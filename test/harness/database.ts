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

const withAdmin = async <T>(run: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: urlOf('postgres') })
  await client.connect()
  try {
    return await run(client)
  } finally {
    await client.end()
  }
}

const TEMPLATE_LOCK = 928_200_002

/** A migrated template, made once for each state of the migrations; later ones are copies of it in some 40 ms. */
const template = async (): Promise<string> => {
  const name = `wf_template_${sha256(
    readMigrations(migrationsFolder)
      .map((m) => m.hash)
      .join(),
  ).slice(0, 12)}`
  await withAdmin(async (client) => {
    await client.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK])
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1 and datistemplate', [name])
    if (rowCount) return
    await client.query(`drop database if exists ${name}`)
    await client.query(`create database ${name} encoding 'UTF8' template template0`)
    await migrate(urlOf(name), migrationsFolder)
    await client.query(`alter database ${name} is_template true`)
  })
  return name
}

/** A database of one's own, migrated and empty. */
export const scratchDatabase = async (): Promise<{ url: string; name: string; drop(): Promise<void> }> => {
  const source = await template()
  const name = `wf_${randomUUID().replaceAll('-', '').slice(0, 20)}`
  await withAdmin(async (client) => {
    // Two copies of one template at the same time are refused by the server; they take turns.
    await client.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK])
    await client.query(`create database ${name} template ${source}`)
  })
  return {
    url: urlOf(name),
    name,
    drop: () => withAdmin(async (client) => void (await client.query(`drop database if exists ${name} with (force)`))),
  }
}
