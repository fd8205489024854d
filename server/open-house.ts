import { join } from 'node:path'
import { plan } from './app.ts'
import type { Config } from './platform/config.ts'
import { loadCrypto } from './platform/crypto.ts'
import { migrate } from './platform/db/migrate.ts'
import type { Connection } from './platform/db/pool.ts'
import { whenThere } from './platform/db/wait.ts'
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
  await whenThere(connection, log, () => migrate(connection, join(import.meta.dirname, '..', 'migrations'), log))
  return createHouse(plan, {
    config,
    connection,
    crypto: loadCrypto(config, dataDir),
    log,
    net: createNet({ allowPrivate: config.ALLOW_PRIVATE_ADDRESSES }),
  })
}
