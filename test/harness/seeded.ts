import { seed, type World } from '../../dev/seed/index.ts'
import { plan } from '../../server/app.ts'
import { readConfig } from '../../server/platform/config.ts'
import { createHouse } from '../../server/platform/house.ts'
import { createLog } from '../../server/platform/log.ts'
import { createNet } from '../../server/platform/net/index.ts'

/** Puts the imaginary bank into a migrated database, for processes that are started on it later with the same key. */
export const seedDatabase = async (url: string, secretKey: string): Promise<World> => {
  const house = await createHouse(plan, {
    config: readConfig({ LOG_LEVEL: 'silent', PORT: '0' }),
    connection: url,
    secretKey,
    log: createLog('silent'),
    net: createNet({ allowPrivate: true }),
  })
  await house.prepare()
  const world = await seed(house.platform)
  await house.stop()
  return world
}
