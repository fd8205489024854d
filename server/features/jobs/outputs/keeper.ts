import { once } from 'node:events'
import { PassThrough, Readable } from 'node:stream'
import { sql } from 'kysely'
import { keptOutputBytes } from '../../../../contract/jobs/words.ts'
import type { Config } from '../../../platform/config.ts'
import { AppError } from '../../../platform/errors.ts'
import { newId } from '../../../platform/ids.ts'
import type { Platform } from '../../../platform/platform.ts'
import { masked } from './masked.ts'

/** How much of what a job prints is kept: so much is said to its sender in a header. */
export const mostOutput = (config: Pick<Config, 'PING_OUTPUT_MAX_MB'>): number =>
  Math.max(keptOutputBytes, Math.round(config.PING_OUTPUT_MAX_MB * 1e6))

/** Beside files of tickets and the database, outputs are what may be missing: they leave more of a disk free. */
const ROOM = 500_000_000
/** At once in a process. */
const MOST_AT_ONCE = 16

/** What came of it: `id` of the row, or in a sentence why there is none. */
export type Whole = { id: string; taken: number; drop(): Promise<void> } | { missing: string }

/** Takes the parts of an output in their order. Never throws: what goes wrong is told at its end. */
export type Sink = { write(part: Buffer): Promise<void>; end(): Promise<Whole>; drop(): Promise<void> }

const onlyAPart = (why: string) => `Of its output only a part is kept: ${why}.`

/** Keeps outputs that are more than a row has room for as files of the data folder. */
export const createOutputKeeper = ({ db, store, clock, log, config }: Platform) => {
  const most = mostOutput(config)
  let open = 0

  const drop = async (id: string): Promise<void> => {
    try {
      await store.remove(id)
      await db.deleteFrom('run_outputs').where('id', '=', id).where('kept', '=', false).execute()
    } catch (error) {
      // The row stays, and the file goes with it a day later.
      log.warn({ err: (error as Error).message, id }, 'an output that is not wanted could not be removed yet')
    }
  }

  const begin = async (jobId: string): Promise<Sink> => {
    if (open >= MOST_AT_ONCE) return without(onlyAPart('too many outputs came at once'))
    open++
    const id = newId()
    const parts = new PassThrough()
    let taken = 0
    let failure: string | null = null
    let dropped = false
    // What is thrown away half written is no error of anybody's.
    parts.on('error', () => undefined)
    const done = (async () => {
      await store.requireRoom(ROOM)
      await sql`insert into run_outputs (id, job_id, at) values (${id}, ${jobId}, ${clock.now()})`.execute(db)
      await store.put(id, Readable.from(masked(parts)), Number.MAX_SAFE_INTEGER)
    })()
      .catch((error) => {
        parts.destroy()
        failure = onlyAPart('the rest could not be written')
        if (dropped) return
        const full = error instanceof AppError && error.code === 'no_room'
        if (full) failure = onlyAPart('there was no room on the disk of the server')
        log[full ? 'warn' : 'error']({ err: (error as Error).message, jobId }, 'an output could not be kept whole')
      })
      .finally(() => {
        open--
      })
    return {
      async write(part) {
        const rest = part.subarray(0, Math.max(0, most - taken))
        if (failure !== null || rest.length === 0) return
        taken += rest.length
        if (!parts.write(rest)) await Promise.race([once(parts, 'drain').catch(() => undefined), done])
      },
      async end() {
        parts.end()
        await done
        if (failure === null) return { id, taken, drop: () => drop(id) }
        await drop(id)
        return { missing: failure }
      },
      async drop() {
        dropped = true
        parts.destroy()
        await done
        await drop(id)
      },
    }
  }
  /** Null where no more is kept than a row has room for. */
  return most > keptOutputBytes ? { begin } : null
}

const without = (missing: string): Sink => ({
  write: async () => undefined,
  end: async () => ({ missing }),
  drop: async () => undefined,
})
