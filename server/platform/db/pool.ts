import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Log } from '../log.ts'
import { prepareMarked } from './prepared.ts'
import type { DB } from './schema.gen.ts'

export type Db = Kysely<DB>

/** What a connection needs: a URL, or the private socket of the embedded server. */
export type Connection = string | { host: string; port: number; user: string; password?: string; database: string }

const TIMESTAMPTZ = 1184
const DATE = 1082
const INT8 = 20

// '2026-11-23 07:12:00.123456+00' is what the server sends with TimeZone=UTC; Temporal reads it and keeps the microseconds.
const toInstant = (text: string) => Temporal.Instant.from(text)

const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (oid === TIMESTAMPTZ) return toInstant
    if (oid === DATE) return (text: string) => text
    if (oid === INT8) return Number
    return pg.types.getTypeParser(oid, format)
  }) as typeof pg.types.getTypeParser,
}

// pg asks a parameter for its own text form under this name; without it an Instant would be sent as JSON, in quotes.
Object.defineProperty(Temporal.Instant.prototype, 'toPostgres', {
  value(this: Temporal.Instant) {
    return this.toString()
  },
})

export const connectionSettings = (connection: Connection): pg.ClientConfig => ({
  ...(typeof connection === 'string' ? { connectionString: connection } : connection),
  types,
  application_name: 'watchfloor',
  keepAlive: true,
  connectionTimeoutMillis: 5_000,
  // A frozen process must not hold its row locks: the server ends its transaction, and the others go on within 15 s.
  idle_in_transaction_session_timeout: 8_000,
  options: '-c TimeZone=UTC -c lock_timeout=15s -c statement_timeout=60s',
})

export const createPool = (connection: Connection, max: number, log: Log): pg.Pool => {
  const pool = new pg.Pool({ ...connectionSettings(connection), max, idleTimeoutMillis: 60_000 })
  // Of a pool that ends none is missed: the embedded server stops beside it.
  pool.on('error', (error) => {
    if (!pool.ending) log.warn({ err: error.message }, 'an idle database connection was lost')
  })
  // A connection that breaks while it is lent out reports to the query that uses it; without a listener it would end the process.
  pool.on('connect', (client) => {
    client.on('error', () => undefined)
    prepareMarked(client)
  })
  return pool
}

export const createDb = (pool: pg.Pool): Db => new Kysely<DB>({ dialect: new PostgresDialect({ pool }) })
