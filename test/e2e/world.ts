import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { World } from '../../dev/seed/index.ts'
import { mailOf, type PersonName } from '../../dev/seed/people.ts'
import { plan } from '../../server/app.ts'
import { readConfig } from '../../server/platform/config.ts'
import { createCrypto } from '../../server/platform/crypto.ts'
import { createHouse, type House } from '../../server/platform/house.ts'
import { createLog } from '../../server/platform/log.ts'
import { createNet } from '../../server/platform/net/index.ts'
import { scratchDatabase } from '../harness/database.ts'
import { seededBank, seededSecret } from '../harness/seeded.ts'
import { type SmtpSink, startSmtpSink } from '../harness/smtp-sink.ts'

/** Everybody in the browser tests signs in with this. */
export const password = 'correct horse battery'

export type BrowserWorld = {
  url: string
  databaseUrl: string
  house: House
  world: World
  sink: SmtpSink
  mailOf(name: PersonName): string
  close(): Promise<void>
}

/** Free between two worlds. A page of the same address is in the browser's caches already, compiled. */
let port = 0

/**
 * The real program on real time with the imaginary bank in it, its web pages, and a mail server that keeps what it is
 * sent. `empty` leaves the bank away: only an administrator, Marta, is there.
 */
export const openBrowserWorld = async (
  given: { port?: number; logins?: PersonName[]; empty?: boolean } = {},
): Promise<BrowserWorld> => {
  const logins = given.logins ?? (['marta', 'priya', 'lena', 'laurent'] as PersonName[])
  const passwords = Object.fromEntries(logins.map((l) => [l, password]))
  const database = await scratchDatabase(seededBank({ passwords, empty: given.empty ?? false }))
  const sink = await startSmtpSink()
  const dataDir = join(tmpdir(), `wf-world-${crypto.randomUUID()}`)
  const wanted = given.port ?? port
  port = 0
  const config = readConfig({
    PORT: String(wanted),
    DATA_DIR: dataDir,
    LOG_LEVEL: process.env.TEST_LOG ?? 'silent',
    SMTP_URL: sink.url,
    WEB_DIST: process.env.WEB_DIST,
    ADMIN_API_KEY: process.env.ADMIN_API_KEY,
  })
  const house = await createHouse(plan, {
    config,
    connection: database.url,
    crypto: createCrypto(seededSecret),
    log: createLog(config.LOG_LEVEL),
    net: createNet({ allowPrivate: true }),
  })
  await house.start()
  const url = await house.listen()
  return {
    url,
    databaseUrl: database.url,
    house,
    world: database.made,
    sink,
    mailOf,
    async close() {
      await house.stop()
      port = Number(new URL(url).port)
      await sink.stop()
      await database.drop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
