import { globSync, type Stats, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

type Arrival = {
  /** A path, in which `*` stands for any letters of a name: of several files the newest counts. */
  path: string
  /** So long its size and time must stand still, for it may still be written. */
  settledMs: number
  /** At most so old when the wait begins: the file of yesterday is no arrival. null: of any age. */
  newerMs: number | null
  minBytes: number
}

type Seen = { path: string; file: number; bytes: number; at: number }

/** What else means something to those who match names, and nothing here. */
const special = /[[{?(]/g

/** rsync, scp -p and unzip give a file the time that it had at its sender; it has come no earlier than it was made here. */
const cameAt = ({ mtimeMs, birthtimeMs }: Stats): number => Math.max(mtimeMs, birthtimeMs)

/** The newest file that fits now. Throws where a folder or a file cannot be read. */
const newestOf = ({ path, minBytes }: Arrival, since: number): Seen | null => {
  const found = (path.includes('*') ? globSync(path.replace(special, '[$&]')) : [path]).flatMap((one): Seen[] => {
    const stat = statSync(one, { throwIfNoEntry: false })
    if (one === path && stat?.isDirectory())
      throw new Error(`it is a folder; name a file in it, such as ${join(path, '*.csv')}`)
    return stat?.isFile() ? [{ path: one, file: stat.ino, bytes: stat.size, at: cameAt(stat) }] : []
  })
  return found
    .filter((one) => one.bytes >= minBytes && one.at >= since)
    .reduce<Seen | null>((a, b) => (a && a.at >= b.at ? a : b), null)
}

const is = ['path', 'file', 'bytes', 'at'] as const

/** Resolves with its path once such a file is there and stands still. */
export const arrivalOf = async (wanted: Arrival, now: () => number = Date.now): Promise<string> => {
  const began = now()
  const since = wanted.newerMs === null ? Number.NEGATIVE_INFINITY : began - wanted.newerMs
  const step = Math.min(1_000, Math.max(10, wanted.settledMs / 5))
  let seen: Seen | null = null
  for (let still = began; ; await pause(step)) {
    const found = newestOf(wanted, since)
    const same = found && seen && is.every((part) => found[part] === seen?.[part])
    if (!same) still = now()
    seen = found
    if (found && now() - still >= wanted.settledMs) return found.path
  }
}
