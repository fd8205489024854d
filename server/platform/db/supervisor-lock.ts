import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { EmbeddedDatabaseError } from './supervisor-error.ts'

const BUSY = 5

/** Keeps the locks from the garbage collector, which would close their files and so open them to others. */
const held = new Set<DatabaseSync>()

/**
 * Takes the lock of a folder until `release` or the end of this process, however it ends. Throws an
 * EmbeddedDatabaseError when another process holds it. Waits up to a second, so that of two which start at the very
 * same moment one gets it.
 */
export const lockFolder = (folder: string, label: string): { release(): void } => {
  const pidFile = join(folder, 'watchfloor.pid')
  // Node has no file locks. SQLite has: the operating system drops them with the process, so nothing goes stale, and no
  // number of a dead process can be mistaken for a live one.
  const path = join(folder, 'lock')
  const file = new DatabaseSync(path, { timeout: 1_000 })
  chmodSync(path, 0o600)
  try {
    file.exec('pragma journal_mode = memory; begin exclusive')
  } catch (error) {
    file.close()
    if ((error as { errcode?: number }).errcode !== BUSY) throw error
    throw new EmbeddedDatabaseError(
      `Another Watchfloor (${holder(pidFile)}) is using the data folder ${label}. Stop it first, or set DATA_DIR to another folder.`,
    )
  }
  held.add(file)
  // Removed first: it may be of another user, when root was here before.
  rmSync(pidFile, { force: true })
  writeFileSync(pidFile, `${process.pid}\n`)
  return {
    release: () => {
      rmSync(pidFile, { force: true })
      held.delete(file)
      file.close()
    },
  }
}

const holder = (pidFile: string): string => {
  try {
    return `process ${readFileSync(pidFile, 'utf8').trim()}`
  } catch {
    return 'another process'
  }
}
