import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { isDatabaseAway } from '../errors.ts'
import type { Log } from '../log.ts'
import { type Connection, connectionSettings } from './pool.ts'

/** A fail-over takes half a minute, the start of a machine a whole one. */
const PATIENCE_MS = 60_000
const AGAIN_MS = 1_000

/**
 * Does what needs the database at the start, again and again while that is away: it may start beside us, or fail over
 * in the middle of a migration, which is then done anew. After a minute it throws a sentence.
 */
export const whenThere = async <T>(
  connection: Connection,
  log: Log,
  run: () => Promise<T>,
  patienceMs = PATIENCE_MS,
): Promise<T> => {
  const until = performance.now() + patienceMs
  for (let isTold = false; ; isTold = true) {
    try {
      return await run()
    } catch (error) {
      const away = [error, (error as Error).cause].find(isDatabaseAway)
      if (!away) throw error
      const words = `The database at ${placeOf(connection)} does not answer (${reasonOf(away)})`
      if (performance.now() > until)
        throw new Error(`${words}. Start it, or set DATABASE_URL to where it is.`, { cause: error })
      if (!isTold) log.warn(`${words}. It is tried again for ${Math.round(patienceMs / 1000)} seconds.`)
      await pause(AGAIN_MS)
    }
  }
}

/** Without the name and the password. */
const placeOf = (connection: Connection): string => {
  const { host, port } = new pg.Client(connectionSettings(connection))
  return host.startsWith('/') ? host : `${host}:${port}`
}

/** For a host with two addresses Node says nothing but a code. */
const reasonOf = (error: unknown): string =>
  (error as Error).message || String((error as { code?: string }).code ?? 'no reason was given')
