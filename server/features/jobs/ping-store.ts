import type { Db } from '../../platform/db/pool.ts'
import { type DueInput, writeDue } from '../../platform/due.ts'
import type { Ingest } from '../../platform/ingest.ts'
import { createLanes, laneOf } from '../../platform/lanes.ts'
import type { Platform } from '../../platform/platform.ts'
import { type Answer, type Made, makeOf, type TakenPing, writeMade } from './apply-pings.ts'
import { flipDue } from './flip.ts'
import { followDue } from './follow.ts'
import { resumedDue } from './resumed.ts'
import { lockStates, type ReadState, readStates } from './state-rows.ts'
import { createMovedTeller } from './tell-moved.ts'

const BATCH = 1_000
const MOST_REMEMBERED = 20_000

/** Keeps pings, many in one statement, each job in its lane; `put` resolves after the commit. */
export const createPingStore = (platform: Platform): Ingest<TakenPing, Answer> => {
  /** States as this process wrote them last: most are still so, and what is not so any more is not written onto. */
  const remembered = new Map<string, ReadState>()
  const tellMoved = createMovedTeller(platform)

  const write = async (pings: TakenPing[], { again }: { again: boolean }): Promise<Answer[]> => {
    try {
      const made = await (again ? keepLocked(platform, pings) : keepOnto(platform, remembered, pings))
      if (leavesWork(made)) platform.committed()
      tellMoved(made.next.keys())
      if (remembered.size > MOST_REMEMBERED) remembered.clear()
      for (const [id, job] of made.next) {
        job.version++
        remembered.set(id, job)
      }
      return made.answers
    } catch (error) {
      for (const { jobId } of pings) remembered.delete(jobId)
      throw error
    }
  }
  const { put, ...lanes } = createLanes('pings', platform.log, write, BATCH)
  return { ...lanes, put: (ping) => put(laneOf(ping.jobId), ping) }
}

/** Onto what is remembered: fails, to be tried again, where another process has written, or somebody changed a job. */
const keepOnto = async (
  platform: Platform,
  remembered: ReadonlyMap<string, ReadState>,
  pings: TakenPing[],
): Promise<Made> => {
  const { db } = platform
  const ids = idsOf(pings)
  const missing = ids.filter((id) => !remembered.has(id))
  const states = missing.length > 0 ? await readStates(db, missing) : new Map<string, ReadState>()
  for (const id of ids) {
    const state = remembered.get(id)
    if (state) states.set(id, state)
  }
  const made = await makeOf(db, pings, states)
  // A transaction only where there is more than the one statement.
  if (made.starts.length === 0 && !leavesWork(made)) await writeMade(db, made)
  else await db.transaction().execute((tx) => writeWithFlips(platform, tx, made))
  return made
}

/** Nobody comes in between. */
const keepLocked = (platform: Platform, pings: TakenPing[]): Promise<Made> =>
  platform.db.transaction().execute(async (tx) => {
    const made = await makeOf(tx, pings, await lockStates(tx, idsOf(pings)))
    await writeWithFlips(platform, tx, made)
    return made
  })

const writeWithFlips = async ({ clock }: Platform, tx: Db, made: Made): Promise<void> => {
  await writeMade(tx, made)
  const now = clock.now()
  const due = [
    ...made.flips.map((f) => flipDue(f, now)),
    ...[...made.resumed].map((id) => resumedDue(id, now)),
    ...made.ends.map((end) => followDue(end, now)),
  ]
  await writeDue(tx, new Map<string, DueInput>(due.map((d) => [d.key, d])))
}

const leavesWork = (made: Made): boolean => made.flips.length > 0 || made.resumed.size > 0 || made.ends.length > 0

const idsOf = (pings: TakenPing[]): string[] => [...new Set(pings.map((p) => p.jobId))]
