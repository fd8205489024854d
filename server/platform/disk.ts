import { statfs } from 'node:fs/promises'

/** Bytes that an ordinary user may still write, and the size of the whole. */
export type Disk = { folder: string; free: number; size: number }

const MEGA = 1e6
/** PostgreSQL needs a new file of its write-ahead log (16 MB) now and then; without room for one it stops. */
const FULL = 32 * MEGA
const NEARLY_FULL = 500 * MEGA
const LOW = 2_000 * MEGA

/** The disk that a folder lies on, or null when that cannot be found out. */
export const diskOf = async (folder: string): Promise<Disk | null> => {
  try {
    const { bavail, bsize, blocks } = await statfs(folder)
    return { folder, free: bavail * bsize, size: blocks * bsize }
  } catch {
    return null
  }
}

export const isFull = ({ free }: Disk): boolean => free < FULL

const gigabytes = (bytes: number) =>
  bytes < 1000 * MEGA ? `${Math.floor(bytes / MEGA)} MB` : `${(bytes / (1000 * MEGA)).toFixed(1)} GB`

/** How it stands with a disk, in a sentence that says what to do. */
export const diskWords = (disk: Disk): { state: 'ok' | 'warn' | 'bad'; detail: string } => {
  const left = `${gigabytes(disk.free)} of ${gigabytes(disk.size)} are free on the disk of the data folder.`
  if (isFull(disk))
    return {
      state: 'bad',
      detail: `The disk of the data folder (${disk.folder}) is full: nothing more can be kept. Make room; Watchfloor goes on by itself.`,
    }
  if (disk.free < NEARLY_FULL) return { state: 'bad', detail: `${left} Make room before it is full.` }
  return { state: disk.free < LOW ? 'warn' : 'ok', detail: left }
}
