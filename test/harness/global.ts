import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbedded } from '../../server/platform/db/supervisor.ts'

const quiet = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: (message: string) => console.error(message),
}

const ROOM = 4 * 2 ** 30

/** Whether a program can be run from there; containers often forbid it. */
const runsPrograms = (folder: string) => {
  const program = join(folder, 'runs')
  writeFileSync(program, '#!/bin/sh\n', { mode: 0o755 })
  return spawnSync(program).status === 0
}

const memory = '/dev/shm'
const HOUR = 3_600_000

/** What a run of ours that was killed has left takes memory until somebody removes it. */
const removeLeftOvers = () => {
  for (const name of readdirSync(memory)) {
    const pid = /^wf-test-(\d+)-/.exec(name)?.[1]
    if (!pid || existsSync(`/proc/${pid}`)) continue
    const folder = join(memory, name)
    const { uid, mtimeMs } = statSync(folder)
    // A container that shares this memory has numbers of its own.
    if (uid === process.getuid?.() && Date.now() - mtimeMs > HOUR) rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * A folder for all that the tests put down: in memory where there is room, because a database is a thousand files and
 * each test file has one of its own. On some disks that is ten times as slow, and a third of the whole run. What is
 * measured lies on the disk, for which it waits.
 */
const scratchFolder = (measured: boolean): string => {
  try {
    if (!measured) removeLeftOvers()
    const { bavail, bsize } = statfsSync(memory)
    if (!measured && Math.min(bavail * bsize, process.availableMemory()) > ROOM) {
      const folder = mkdtempSync(join(memory, `wf-test-${process.pid}-`))
      if (runsPrograms(folder)) return folder
      rmSync(folder, { recursive: true })
    }
  } catch {
    // There is none, or it is not ours to write to.
  }
  return mkdtempSync(join(tmpdir(), 'wf-test-'))
}

/**
 * Starts one PostgreSQL for the whole run, unless TEST_DATABASE_URL names one. It is thrown away, so it does not wait
 * for the disk.
 */
export default async (): Promise<(() => Promise<void>) | undefined> => {
  if (process.env.TEST_DATABASE_URL) return undefined
  const durable = process.env.TEST_DATABASE_FSYNC === 'on'
  const folder = scratchFolder(durable)
  // What is in it is closed by itself; a PostgreSQL that may not run as root must come through.
  chmodSync(folder, 0o711)
  process.env.TMPDIR = folder
  const server = await startEmbedded({
    dataDir: folder,
    log: quiet,
    settings: durable
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
