import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { ensurePrograms } from './binaries.ts'
import { prepareCluster, type Settings, serverArguments, serverSettings, USER } from './supervisor-cluster.ts'
import { EmbeddedDatabaseError } from './supervisor-error.ts'
import { clearLeftovers } from './supervisor-leftovers.ts'
import { lockFolder } from './supervisor-lock.ts'
import { type Place, PORT, preparePlace } from './supervisor-place.ts'
import { type Server, type SupervisorLog, startServer } from './supervisor-process.ts'

export type EmbeddedConnection = { host: string; port: number; user: string; database: string }

export type Embedded = {
  /** `host` is the folder of the private socket. */
  connection: EmbeddedConnection
  /** The process of the server that runs at the moment. */
  readonly pid: number
  /** Stops the server in order, or joins the stop that is under way. */
  stop(): Promise<void>
}

const DATABASE = 'watchfloor'
const STEADY_MS = 60_000

/** Milliseconds before the nth restart in a row (from 0): a tenth of a second at first, ten seconds at most. */
export const restartDelay = (nth: number): number => Math.min(10_000, 100 * 2 ** Math.min(nth, 10))

const ensureDatabase = async (connection: EmbeddedConnection): Promise<void> => {
  const client = new pg.Client({ ...connection, database: 'postgres' })
  // Its loss is told to the statement under way; without a listener it would end the process.
  client.on('error', () => undefined)
  await client.connect()
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [connection.database])
    if (!rowCount) await client.query(`create database ${connection.database}`)
  } finally {
    await client.end()
  }
}

/** Keeps one server running until `signal`: starts it again, ever more slowly, whenever it ends. */
const keepRunning = async (first: Server, start: () => Promise<Server>, log: SupervisorLog, signal: AbortSignal) => {
  let server = first
  let restarts = 0
  let since = performance.now()
  while (true) {
    const how = await server.exited
    if (signal.aborted) return
    if (performance.now() - since > STEADY_MS) restarts = 0
    const delay = restartDelay(restarts)
    restarts += 1
    log.error(`The embedded PostgreSQL stopped by itself: ${how}. Starting it again in ${delay / 1000} s.`)
    try {
      await sleep(delay, undefined, { signal })
      since = performance.now()
      server = await start()
      await server.ready(signal)
      log.info('The embedded PostgreSQL runs again.')
    } catch (error) {
      if (signal.aborted) return
      log.error(error instanceof Error ? error.message : String(error))
    }
  }
}

/** A refusal of the file system, said as what it means for whoever starts the program. */
const plainly = (error: unknown, dataDir: string): unknown =>
  (error as NodeJS.ErrnoException).syscall || (error as NodeJS.ErrnoException).code === 'ERR_SQLITE_ERROR'
    ? new EmbeddedDatabaseError(`The data folder ${dataDir} cannot be used: ${(error as Error).message}.`)
    : error

const open = async (place: Place, settings: Settings, log: SupervisorLog): Promise<() => Promise<Server>> => {
  const programs = ensurePrograms(place.programs)
  if (await prepareCluster(place, programs, settings))
    log.info(`Made a PostgreSQL ${programs.major} database in ${place.cluster}.`)
  const args = serverArguments(place.cluster, serverSettings(place.sockets, settings))
  return async () => {
    const ended = await clearLeftovers(place.cluster, place.sockets)
    if (ended > 0) log.warn('Ended a PostgreSQL that an earlier Watchfloor had left running.')
    return startServer(
      { runAs: place.runAs, file: programs.postgres, args, cwd: place.home, cluster: place.cluster },
      log,
    )
  }
}

/**
 * Starts Watchfloor's own PostgreSQL in `dataDir`, resolves when it takes connections, and keeps it running until
 * `stop`. `settings` go over the server's defaults (fsync off for tests). Throws an EmbeddedDatabaseError whose message
 * says what to do: another Watchfloor in the same folder, data of another version or of another user.
 */
export const startEmbedded = async (options: {
  dataDir: string
  log: SupervisorLog
  settings?: Settings
}): Promise<Embedded> => {
  const { dataDir, log, settings = {} } = options
  const stopping = new AbortController()
  let lock: { release(): void } | undefined
  let server: Server | undefined
  try {
    const place = preparePlace(dataDir)
    lock = lockFolder(place.home, dataDir)
    const connection = { host: place.sockets, port: PORT, user: USER, database: DATABASE }
    const start = await open(place, settings, log)
    const next = async () => {
      server = await start()
      return server
    }
    const first = await next()
    await first.ready(stopping.signal)
    await ensureDatabase(connection)
    const running = keepRunning(first, next, log, stopping.signal)
    const stop = async () => {
      stopping.abort()
      await server?.stop()
      await running
      // A restart may have been under way.
      await server?.stop()
      lock?.release()
    }
    let stopped: Promise<void> | undefined
    return {
      connection,
      get pid() {
        return server?.pid ?? -1
      },
      stop: () => {
        stopped ??= stop()
        return stopped
      },
    }
  } catch (error) {
    await server?.stop()
    lock?.release()
    throw plainly(error, dataDir)
  }
}
