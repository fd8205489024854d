import { closeSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { EmbeddedDatabaseError } from './supervisor-error.ts'

const BUSY = 5

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
  closeSync(openSync(path, 'a', 0o600))
  const file = new DatabaseSync(path, { timeout: 1_000 })
  try {
    file.exec('pragma journal_mode = memory; begin exclusive')
  } catch (error) {
    file.close()
    if ((error as { errcode?: number }).errcode !== BUSY) throw error
    throw new EmbeddedDatabaseError(
      `Another Watchfloor (${holder(pidFile)}) is using the data folder ${label}. Stop it first, or set DATA_DIR to another folder.`,
    )
  }
  writeFileSync(pidFile, `${process.pid}\n`)
  return {
    release: () => {
      rmSync(pidFile, { force: true })
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
