import type pg from 'pg'
import type { Net } from '../../checks/lib/net.ts'
import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import type { Crypto } from './crypto.ts'
import type { Db } from './db/pool.ts'
import type { Log } from './log.ts'
import type { Metrics } from './metrics.ts'
import type { Registry } from './registry-of-work.ts'
import type { Store } from './store.ts'

/** What one process runs on; made in app.ts, handed to everything. */
export type Platform = {
  /** Names this process in logs and on the self-check page. */
  process: string
  db: Db
  pool: pg.Pool
  clock: Clock
  config: Config
  crypto: Crypto
  log: Log
  metrics: Metrics
  net: Net
  /** Files that people sent, in the data folder. */
  store: Store
  registry: Registry
  /** Called after each commit that recorded events or left work: wakes this process's workers at once, the others soon. */
  committed(): void
  /** Tells whoever is shown these subjects, by any process, that it is old, where nothing was recorded that would. */
  moved(subjects: readonly string[]): void
}
