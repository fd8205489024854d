import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { plan } from './app.ts'
import { prepareFirstSignIn } from './features/identity/index.ts'
import { type Config, ConfigError, readConfig } from './platform/config.ts'
import { loadSecretKey } from './platform/crypto.ts'
import { migrate } from './platform/db/migrate.ts'
import type { Connection } from './platform/db/pool.ts'
import { type Embedded, startEmbedded } from './platform/db/supervisor.ts'
import { createHouse, type House } from './platform/house.ts'
import { createLog, type Log } from './platform/log.ts'
import { createNet } from './platform/net/index.ts'

const root = join(import.meta.dirname, '..')
const STOP_WITHIN_MS = 10_000

let stopAll: () => Promise<void> = async () => undefined

const main = async () => {
  const config = readConfig(process.env)
  const log = createLog(config.LOG_LEVEL)
  const dataDir = resolve(config.DATA_DIR)
  mkdirSync(dataDir, { recursive: true })

  let embedded: Embedded | null = null
  let house: House | null = null
  let stopping: Promise<void> | null = null
  const stop = () => {
    stopping ??= (async () => {
      // Whatever hangs, the process ends; what is not done stays due.
      setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref()
      await house?.stop()
      await embedded?.stop()
    })()
    return stopping
  }
  stopAll = stop
  // Ctrl-C reaches us twice, from the terminal and forwarded by npm: never "once", or the second one kills.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => void stop().then(() => process.exit(0)))

  if (!config.DATABASE_URL) embedded = await startEmbedded({ dataDir, log: plainLog(log) })
  const connection: Connection = config.DATABASE_URL ?? (embedded as Embedded).connection
  await migrate(connection, join(root, 'migrations'), log)
  house = await createHouse(plan, {
    config,
    connection,
    secretKey: loadSecretKey(config.SECRET_KEY, dataDir),
    log,
    net: createNet({ allowPrivate: config.ALLOW_PRIVATE_ADDRESSES }),
  })
  await house.start()
  if (config.ROLES.includes('web')) await sayHello(config, house)
}

const plainLog = (log: Log) => ({
  debug: (m: string) => log.debug(m),
  info: (m: string) => log.info(m),
  warn: (m: string) => log.warn(m),
  error: (m: string) => log.error(m),
})

const sayHello = async (config: Config, house: House) => {
  // Before it listens: whoever finds it ready can sign in.
  const lines = await prepareFirstSignIn(house.platform)
  const address = (await house.listen()).replace('127.0.0.1', 'localhost').replace('0.0.0.0', 'localhost')
  process.stderr.write(`\nWatchfloor is ready: ${config.BASE_URL ?? address}\n${lines.map((l) => `${l}\n`).join('')}\n`)
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
