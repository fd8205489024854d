import { mkdirSync } from 'node:fs'
import { flushCompileCache } from 'node:module'
import { resolve } from 'node:path'
import { type Config, ConfigError, readConfig } from './platform/config.ts'
import { type Embedded, startEmbedded } from './platform/db/supervisor.ts'
import type { House } from './platform/house.ts'
import { createLog, type Log } from './platform/log.ts'

const STOP_WITHIN_MS = 10_000

let stopAll: () => Promise<void> = async () => undefined

const main = async () => {
  const config = readConfig(process.env)
  const log = createLog(config.LOG_LEVEL)
  const dataDir = resolve(config.DATA_DIR)
  makeFolder(dataDir)

  let database: Promise<Embedded> | null = null
  let house: House | null = null
  let stopping: Promise<void> | null = null
  const stop = () => {
    stopping ??= (async () => {
      // Whatever hangs, the process ends; what is not done stays due.
      setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref()
      await house?.stop()
      await (await database?.catch(() => null))?.stop()
    })()
    return stopping
  }
  stopAll = stop
  // Ctrl-C reaches us twice, from the terminal and forwarded by npm: never "once", or the second one kills.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => void stop().then(() => process.exit(0)))

  // Who kills npm means the server: npm and its shell hand on nothing then, and the next start finds the folder taken.
  if (process.env.npm_lifecycle_event) whenOrphaned(() => void stop().then(() => process.exit(0)))

  // All of the program takes longest to load: PostgreSQL starts meanwhile.
  if (!config.DATABASE_URL) database = startEmbedded({ dataDir, log: plainLog(log) })
  const [{ openHouse }, embedded] = await Promise.all([import('./open-house.ts'), database])
  const connection = config.DATABASE_URL ?? (embedded as Embedded).connection
  house = await openHouse({ config, log, dataDir, connection })
  await house.start()
  await sayHello(config, house)
  // Now and not at the end, which may be a crash: the next start loads in half the time.
  flushCompileCache()
}

const sayTaken =
  ({ HOST, PORT }: Config) =>
  (error: NodeJS.ErrnoException): never => {
    if (error.code !== 'EADDRINUSE') throw error
    throw new ConfigError(`Port ${PORT} of ${HOST} is taken by another program. Stop that, or set PORT to another one.`)
  }

const makeFolder = (folder: string) => {
  try {
    mkdirSync(folder, { recursive: true })
  } catch (error) {
    throw new ConfigError(
      `The data folder ${folder} cannot be made: ${(error as Error).message}. Set DATA_DIR to another one.`,
    )
  }
}

const whenOrphaned = (run: () => void) => {
  const parent = process.ppid
  setInterval(() => process.ppid !== parent && run(), 500).unref()
}

const plainLog = (log: Log) => ({
  debug: (m: string) => log.debug(m),
  info: (m: string) => log.info(m),
  warn: (m: string) => log.warn(m),
  error: (m: string) => log.error(m),
})

/** Listens, and says where and how to sign in; a worker tells its health there, and no more. */
const sayHello = async (config: Config, { platform, listen }: House) => {
  const isWeb = config.ROLES.includes('web')
  // Before it listens: whoever finds it ready can sign in.
  const lines = isWeb ? await import('./features/identity/index.ts').then((i) => i.prepareFirstSignIn(platform)) : []
  const address = (await listen().catch(sayTaken(config)))
    .replace('127.0.0.1', 'localhost')
    .replace('0.0.0.0', 'localhost')
  const words = isWeb
    ? `Watchfloor is ready: ${config.BASE_URL ?? address}`
    : `Watchfloor does what is due; its health: ${address}/readyz`
  process.stderr.write(`\n${words}\n${lines.map((l) => `${l}\n`).join('')}\n`)
}

try {
  await main()
} catch (error) {
  // A sentence for a person at a terminal; the stack only when asked for.
  const plain = error instanceof ConfigError || (error instanceof Error && process.env.LOG_LEVEL !== 'debug')
  process.stderr.write(`${plain ? (error as Error).message : String((error as Error).stack ?? error)}\n`)
  await stopAll().catch(() => undefined)
  process.exit(1)
}
