/** `watchfloor restore <file>`: puts a backup into an empty installation. The same settings as for the start. */
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { RestoreError, restoreBackup } from './platform/backup/restore.ts'
import { ConfigError, readConfig } from './platform/config.ts'
import { loadCrypto } from './platform/crypto.ts'
import { startEmbedded } from './platform/db/supervisor.ts'
import { createStore } from './platform/store.ts'

const main = async (file: string) => {
  const config = readConfig(process.env)
  const dataDir = resolve(config.DATA_DIR)
  mkdirSync(dataDir, { recursive: true })
  const quiet = () => undefined
  const log = { debug: quiet, info: quiet, warn: quiet, error: (m: string) => process.stderr.write(`${m}\n`) }
  const embedded = config.DATABASE_URL ? null : await startEmbedded({ dataDir, log })
  try {
    const { rows, files, madeAt } = await restoreBackup(
      {
        connection: config.DATABASE_URL ?? (embedded as NonNullable<typeof embedded>).connection,
        migrations: join(import.meta.dirname, '..', 'migrations'),
        crypto: loadCrypto(config, dataDir),
        store: createStore(join(dataDir, 'files')),
      },
      file,
    )
    const all = Object.values(rows).reduce((sum, n) => sum + n, 0)
    process.stdout.write(`Restored ${all} rows and ${files} files as of ${madeAt}. Start it with npm start.\n`)
  } finally {
    await embedded?.stop()
  }
}

try {
  await main(process.argv[2] ?? '')
} catch (error) {
  const plain = error instanceof RestoreError || error instanceof ConfigError || process.env.LOG_LEVEL !== 'debug'
  process.stderr.write(`${plain ? (error as Error).message : String((error as Error).stack ?? error)}\n`)
  process.exitCode = 1
}
