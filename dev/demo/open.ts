import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { plan } from '../../server/app.ts'
import { type Clock, pushedClock } from '../../server/platform/clock.ts'
import { readConfig } from '../../server/platform/config.ts'
import { loadCrypto } from '../../server/platform/crypto.ts'
import { migrate } from '../../server/platform/db/migrate.ts'
import { maintainPartitions } from '../../server/platform/db/partitions.ts'
import { type Connection, connectionSettings } from '../../server/platform/db/pool.ts'
import { createHouse, type House } from '../../server/platform/house.ts'
import { partitioned } from '../../server/platform/housekeeping.ts'
import { createLog } from '../../server/platform/log.ts'
import { createNet } from '../../server/platform/net/index.ts'
import { type Company, makeCompany, type Ports } from './company.ts'
import { DAYS, writeHistory } from './history/index.ts'
import { keptFile } from './kept.ts'

const migrations = join(import.meta.dirname, '../../migrations')

type Given = {
  dataDir: string
  connection: Connection
  port: number
  /** As people reach it; links in mails begin with it. */
  baseUrl?: string
  smtpUrl: string
  ports: Ports
  seed: number
  speed: number
  clock: Clock
  logLevel?: string
  webDist?: string | undefined
  /** Wraps each step, to measure it. */
  step?: <T>(what: string, run: () => Promise<T>) => Promise<T>
}

type Kept = { company: Omit<Company, 'services'> & { services: [string, string][] }; ports: Ports }

/** The house of the demo with its company and its history, started and not listening yet. */
export const openDemoHouse = async (given: Given): Promise<{ house: House; company: Company; isNew: boolean }> => {
  const step = given.step ?? ((_, run) => run())
  const house = await step('schema', async () => {
    await migrate(given.connection, migrations, createLog('warn'))
    await hurry(given.connection)
    return makeHouse(given)
  })
  try {
    const kept = readKept(given.dataDir)
    const company = kept ?? (await fill(house, given, step))
    await step('workers', () => house.start())
    return { house, company, isNew: kept === null }
  } catch (error) {
    await house.stop()
    throw error
  }
}

const fill = async (house: House, given: Given, step: NonNullable<Given['step']>): Promise<Company> => {
  const now = house.platform.clock.now()
  await step('partitions', () => makePartitions(house, now))
  // Everybody and everything has been there for a while.
  const before = await makeHouse(given, pushedClock(now.subtract({ hours: 24 * (DAYS + 10) })))
  const company = await step('company', () => makeCompany(before.platform, given.ports, given.speed)).finally(() =>
    before.stop(),
  )
  await step(`${DAYS} days of history`, () => writeHistory(house.platform, company, given.seed))
  keep(given, company)
  return company
}

/** The months and days that the history needs, and no more. */
const makePartitions = async ({ platform: { db } }: House, now: Temporal.Instant) => {
  const byMonth = partitioned.filter((p) => p.unit === 'month')
  for (let days = DAYS + 10; days > 0; days -= 28)
    await db.transaction().execute((tx) => maintainPartitions(tx, byMonth, now.subtract({ hours: 24 * days })))
  await db.transaction().execute((tx) => maintainPartitions(tx, partitioned, now))
}

/** What a demo has written may be lost when the machine loses power; so nothing waits for the disk. */
const hurry = async (connection: Connection): Promise<void> => {
  const client = new pg.Client(connectionSettings(connection))
  await client.connect()
  await client.query(
    `do $$ begin execute format('alter database %I set synchronous_commit = off', current_database()); end $$`,
  )
  await client.end()
}

const makeHouse = async (given: Given, clock: Clock = given.clock): Promise<House> => {
  const config = readConfig({
    PORT: String(given.port),
    DATA_DIR: given.dataDir,
    BASE_URL: given.baseUrl,
    SMTP_URL: given.smtpUrl,
    MAIL_FROM: 'Harbour Bank support <support@harbour-bank.example>',
    LOG_LEVEL: given.logLevel ?? 'warn',
    WEB_DIST: given.webDist,
  })
  mkdirSync(given.dataDir, { recursive: true })
  const log = createLog(config.LOG_LEVEL)
  return createHouse(plan, {
    config,
    connection: given.connection,
    crypto: loadCrypto({}, given.dataDir),
    log,
    net: createNet({ allowPrivate: true }),
    clock,
  })
}

const keep = ({ dataDir, ports }: Given, company: Company) => {
  const kept: Kept = { company: { ...company, services: [...company.services] }, ports }
  writeFileSync(keptFile(dataDir), JSON.stringify(kept), { mode: 0o600 })
}

const readKept = (dataDir: string): Company | null => {
  if (!existsSync(keptFile(dataDir))) return null
  const { company } = JSON.parse(readFileSync(keptFile(dataDir), 'utf8')) as Kept
  return { ...company, services: new Map(company.services) }
}
