import { join } from 'node:path'
import { plan } from './app.ts'
import { prepareFirstSignIn } from './features/identity/index.ts'
import type { Config } from './platform/config.ts'
import { loadSecretKey } from './platform/crypto.ts'
import { migrate } from './platform/db/migrate.ts'
import type { Connection } from './platform/db/pool.ts'
import { createHouse, type House } from './platform/house.ts'
import type { Log } from './platform/log.ts'
import { createNet } from './platform/net/index.ts'

/** The house on its database, migrated; not started yet. */
export const openHouse = async (given: {
  config: Config
  log: Log
  dataDir: string
  connection: Connection
}): Promise<House> => {
  const { config, log, dataDir, connection } = given
  await migrate(connection, join(import.meta.dirname, '..', 'migrations'), log)
  return createHouse(plan, {
    config,
    connection,
    secretKey: loadSecretKey(config.SECRET_KEY, dataDir),
    log,
    net: createNet({ allowPrivate: config.ALLOW_PRIVATE_ADDRESSES }),
  })
}

/** Listens, and says where and how to sign in. */
export const sayHello = async (config: Config, house: House): Promise<void> => {
  // Before it listens: whoever finds it ready can sign in.
  const lines = await prepareFirstSignIn(house.platform)
  const address = (await house.listen()).replace('127.0.0.1', 'localhost').replace('0.0.0.0', 'localhost')
  process.stderr.write(`\nWatchfloor is ready: ${config.BASE_URL ?? address}\n${lines.map((l) => `${l}\n`).join('')}\n`)
}
