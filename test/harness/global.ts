import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbedded } from '../../server/platform/db/supervisor.ts'

const quiet = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: (message: string) => console.error(message),
}

/**
 * Starts one PostgreSQL for the whole run, unless TEST_DATABASE_URL names one. It is thrown away, so it does not wait
 * for the disk.
 */
export default async (): Promise<(() => Promise<void>) | undefined> => {
  if (process.env.TEST_DATABASE_URL) return undefined
  const folder = mkdtempSync(join(tmpdir(), 'wf-test-'))
  const server = await startEmbedded({
    dataDir: folder,
    log: quiet,
    settings:
      process.env.TEST_DATABASE_FSYNC === 'on'
        ? { max_connections: '300' }
        : { fsync: 'off', synchronous_commit: 'off', max_connections: '300' },
  })
  const { host, port, user } = server.connection
  process.env.TEST_DATABASE_URL = `postgres://${user}@localhost/postgres?host=${encodeURIComponent(host)}&port=${port}`
  return async () => {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}
