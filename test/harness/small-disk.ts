import { closeSync, mkdtempSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ServerProcess, startServer } from './process.ts'

export type SmallDisk = {
  server: ServerProcess
  /** The data folder, as it is seen from outside of the server's own mounts. */
  folder: string
  /** Takes what is left of the disk but for `but` bytes. */
  fill(but?: number): void
  makeRoom(): void
  free(): number
  remove(): void
}

const BLOCK = Buffer.alloc(1 << 20, 1)

/**
 * The real program with its own PostgreSQL, whose data folder is a disk of `megabytes` in memory. The disk is mounted
 * for that process alone, in a namespace of its own: this needs no root, and nothing stays mounted when it is killed.
 */
export const startOnSmallDisk = async (megabytes: number, env: Record<string, string> = {}): Promise<SmallDisk> => {
  const outside = mkdtempSync(join(tmpdir(), 'wf-disk-'))
  const mount = `mount -t tmpfs -o size=${megabytes}m,mode=0755 tmpfs '${outside}' && exec "$@"`
  const server = await startServer({ ...env, DATA_DIR: outside }, 'server/main.ts', [
    'unshare',
    '--user',
    '--map-root-user',
    '--mount',
    'sh',
    '-c',
    mount,
    'sh',
  ])
  const folder = `/proc/${server.child.pid}/root${outside}`
  const filler = join(folder, 'filler')
  const free = () => {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize
  }
  return {
    server,
    folder,
    free,
    fill(but = 0) {
      const file = openSync(filler, 'a')
      try {
        while (but === 0 || free() > but) writeSync(file, BLOCK)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
      } finally {
        closeSync(file)
      }
    },
    makeRoom: () => rmSync(filler, { force: true }),
    remove: () => rmSync(outside, { recursive: true, force: true }),
  }
}
