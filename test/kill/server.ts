/**
 * The real program on a clock that runs faster, so that a story of minutes takes seconds: CLOCK_RATE times real time
 * since CLOCK_START (epoch milliseconds); or CLOCK_AHEAD milliseconds away from it. Leases and network time-outs stay on
 * real time.
 */
import { plan } from '../../server/app.ts'
import type { Clock } from '../../server/platform/clock.ts'
import { readConfig } from '../../server/platform/config.ts'
import { createCrypto } from '../../server/platform/crypto.ts'
import { createHouse } from '../../server/platform/house.ts'
import { createLog } from '../../server/platform/log.ts'
import { createNet } from '../../server/platform/net/index.ts'

const rate = Number(process.env.CLOCK_RATE ?? 1)
const start = Number(process.env.CLOCK_START ?? Date.now())
const ahead = Number(process.env.CLOCK_AHEAD ?? 0)

const fastClock: Clock = {
  now: () => Temporal.Instant.fromEpochMilliseconds(fastClock.ms()),
  ms: () => Math.round(start + ahead + (Date.now() - start) * rate),
  timer(at, run) {
    const wait = Math.max(0, (at.epochMilliseconds - fastClock.ms()) / rate)
    const handle = setTimeout(run, Math.min(wait, 2 ** 31 - 1))
    return () => clearTimeout(handle)
  },
}

const { CLOCK_RATE, CLOCK_START, CLOCK_AHEAD, ...env } = process.env
const config = readConfig(env)
const house = await createHouse(plan, {
  config,
  connection: config.DATABASE_URL ?? '',
  crypto: createCrypto(config.SECRET_KEY ?? ''),
  clock: fastClock,
  log: createLog(config.LOG_LEVEL),
  net: createNet({ allowPrivate: true }),
})
await house.start()
await house.listen()
