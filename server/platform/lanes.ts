import { isRetryable } from './errors.ts'
import { createIngest, type Ingest } from './ingest.ts'
import type { Log } from './log.ts'

/** Two: while one writes and commits, the thread collects and answers for the other. */
export const LANES = 2

const TRIES = 4

/** The lane of a thing by its name, always the same one; names that differ by little are spread over all. */
export const laneOf = (name: string): number => {
  let hash = 0
  for (let i = 0; i < name.length; i++) hash = (Math.imul(hash, 31) + name.charCodeAt(i)) | 0
  // The last bits of the sum are those of its last letters; a name that has a word twice would have none.
  return ((Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 16) & 0xffff) % LANES
}

export type Lanes<T, R> = Omit<Ingest<T, R>, 'put'> & {
  put(lane: number, item: T): Promise<R>
}

/**
 * Group commit where order counts: whatever is of one thing goes into one lane, whose flushes go one after the other.
 * Each is written onto what the one before it has left, and no two lanes write the same thing, so that they cannot wait
 * for each other in a circle.
 *
 * @param write may go by what it remembers, as long as it fails when that is not so any more; it is then called `again`,
 *   to lock what it writes first
 */
export const createLanes = <T, R>(
  name: string,
  log: Log,
  write: (items: T[], how: { lane: number; again: boolean }) => Promise<R[]>,
  maxBatch: number,
): Lanes<T, R> => {
  const flush = async (items: T[], lane: number): Promise<R[]> => {
    for (let tries = 1; ; tries++) {
      try {
        return await write(items, { lane, again: tries > 1 })
      } catch (error) {
        if (!isRetryable(error) || tries >= TRIES) throw error
      }
    }
  }
  const lanes = Array.from({ length: LANES }, (_, lane) =>
    createIngest(name, log, (items: T[]) => flush(items, lane), maxBatch, 1),
  )
  return {
    put: (lane, item) => (lanes[lane] as Ingest<T, R>).put(item),
    waiting: () => lanes.reduce((sum, lane) => sum + lane.waiting(), 0),
    idle: async () => void (await Promise.all(lanes.map((lane) => lane.idle()))),
  }
}
