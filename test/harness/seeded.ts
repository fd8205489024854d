import { seed, seedAdministrator, type World } from '../../dev/seed/index.ts'
import type { Passwords } from '../../dev/seed/people.ts'
import { plan } from '../../server/app.ts'
import { pushedClock } from '../../server/platform/clock.ts'
import { readConfig } from '../../server/platform/config.ts'
import { createCrypto } from '../../server/platform/crypto.ts'
import { createHouse } from '../../server/platform/house.ts'
import { createLog } from '../../server/platform/log.ts'
import { createNet } from '../../server/platform/net/index.ts'
import type { Made } from './database.ts'

/** What is seeded is sealed with this; whoever opens a copy of it needs it. */
export const seededSecret = 's'.repeat(64)

type Given = { at?: string; passwords?: Passwords; empty?: boolean }

/** Puts the imaginary bank, or its administrator alone, into a migrated database. Without `at` it is there now. */
export const seedDatabase = async (url: string, { at, passwords = {}, empty = false }: Given = {}): Promise<World> => {
  const house = await createHouse(plan, {
    config: readConfig({ LOG_LEVEL: 'silent', PORT: '0' }),
    connection: url,
    crypto: createCrypto(seededSecret),
    log: createLog('silent'),
    net: createNet({ allowPrivate: true }),
    ...(at ? { clock: pushedClock(at) } : {}),
  })
  await house.prepare()
  const world = empty ? await seedAdministrator(house.platform, passwords) : await seed(house.platform, { passwords })
  await house.stop()
  return world
}

/** The bank as a database that is made once and copied: seeding takes longer than most tests. */
export const seededBank = (given: Given = {}): Made<World> => ({
  name: `bank ${JSON.stringify(given)}`,
  make: (url) => seedDatabase(url, given),
})
