import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { diskOf } from './disk.ts'
import { AppError } from './errors.ts'

/** What is known of bytes that were put: their first ones as well, by which their kind is found out. */
export type Stored = { bytes: number; sha256: string; head: Buffer }

/** Bytes by id, in files of the data folder, which all processes share. Whoever puts them keeps the id in a row first. */
export type Store = {
  /** Throws `too_large` beyond `most` bytes and `no_room` on a full disk; then nothing is left of it. */
  put(id: string, source: Readable, most: number): Promise<Stored>
  /** Throws `no_room` when so many bytes more would leave the disk too full for the database beside them. */
  requireRoom(bytes: number): Promise<void>
  /** Null when there are no such bytes. */
  get(id: string): Promise<{ stream: Readable; bytes: number } | null>
  remove(id: string): Promise<void>
  /** The ids of all that is here, in no order. */
  all(): AsyncIterable<string>
}

const MEGA = 1e6
/** The database of a small installation lies on the same disk and must not be starved by files. */
const RESERVE = 64 * MEGA
const LOOK_EVERY = 4 * MEGA
const HEAD = 256 * 1024

const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

const noRoom = (cause?: unknown) =>
  new AppError(
    'no_room',
    'There is no room for this file on the disk of the server. Nothing was kept; try again once an administrator has made room.',
    { cause, retryAfterSeconds: 60 },
  )

const megabytes = (bytes: number) => `${Math.floor((bytes / MEGA) * 10) / 10} MB`

export const tooLarge = (most: number) =>
  new AppError('too_large', `The file is larger than ${megabytes(most)}, which is the most that is taken.`)

export const createStore = (folder: string): Store => {
  const placeOf = (id: string) => {
    if (!isId.test(id)) throw new Error('A stored file is named by a uuid.')
    return join(folder, id.slice(-2), id)
  }
  const requireRoom = async (bytes: number) => {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const disk = await diskOf(folder)
    if (disk && disk.free - bytes < RESERVE) throw noRoom()
  }
  return {
    requireRoom,
    async put(id, source, most) {
      const place = placeOf(id)
      try {
        await requireRoom(0)
        await mkdir(dirname(place), { recursive: true, mode: 0o700 })
        const stored = await writeAll(`${place}.part`, source, most, requireRoom)
        await rename(`${place}.part`, place)
        await syncFolder(dirname(place))
        return stored
      } catch (error) {
        await rm(`${place}.part`, { force: true })
        throw isFull(error) ? noRoom(error) : error
      }
    },
    async get(id) {
      const place = placeOf(id)
      const found = await stat(place).catch(() => null)
      return found && { bytes: found.size, stream: createReadStream(place) }
    },
    async remove(id) {
      await rm(placeOf(id), { force: true })
      await rm(`${placeOf(id)}.part`, { force: true })
    },
    async *all() {
      const folders = await readdir(folder).catch(() => [])
      for (const part of folders) for (const id of await readdir(join(folder, part))) if (isId.test(id)) yield id
    },
  }
}

const isFull = (error: unknown) => ['ENOSPC', 'EDQUOT'].includes(String((error as { code?: unknown } | null)?.code))

const writeAll = async (
  place: string,
  source: Readable,
  most: number,
  requireRoom: (bytes: number) => Promise<void>,
): Promise<Stored> => {
  const hash = createHash('sha256')
  const head: Buffer[] = []
  let bytes = 0
  let looked = 0
  const file = await open(place, 'wx', 0o600)
  try {
    // The source is left open when this ends early: whoever sends must still be able to read why.
    for await (const chunk of source.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      bytes += chunk.length
      if (bytes > most) throw tooLarge(most)
      if (bytes - looked > LOOK_EVERY) {
        await requireRoom(0)
        looked = bytes
      }
      if (bytes - chunk.length < HEAD) head.push(chunk)
      hash.update(chunk)
      await writeWhole(file, chunk)
    }
    await file.sync()
  } finally {
    await file.close()
  }
  return { bytes, sha256: hash.digest('hex'), head: Buffer.concat(head).subarray(0, HEAD) }
}

const writeWhole = async (file: FileHandle, chunk: Buffer) => {
  for (let at = 0; at < chunk.length; ) at += (await file.write(chunk, at)).bytesWritten
}

// So that the name of the file is there after a power cut as well.
const syncFolder = async (folder: string) => {
  const handle = await open(folder, 'r')
  await handle.sync().finally(() => handle.close())
}
