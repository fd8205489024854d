import { sql } from 'kysely'
import type { Db } from '../../platform/db/pool.ts'
import { insertIfAbsent } from '../../platform/due.ts'
import type { Platform } from '../../platform/platform.ts'
import type { Running } from '../../platform/registry-of-work.ts'
import { ancestorsOf } from './closure.ts'
import { type Definitions, readDefinitions } from './definitions.ts'
import { movedPrediction, nextPrediction } from './predict-due.ts'

const POLL_MS = 1_000
/** A deadline is predicted at once when a job of its chain moves, and then not again before this. */
const SETTLE_MS = 3_000
const LOOKS_FOR_DEFINITIONS = 10

/**
 * Sees when a job of a chain that goes on has moved, by the version of its state, and has its deadlines predicted. Pings are
 * thousands a second, and most are of no chain: asking for the few that are costs less than telling each.
 */
export const startWatch = async (platform: Platform): Promise<Running> => {
  const { db, clock, log } = platform
  const versions = new Map<string, number>()
  const asked = new Map<string, number>()
  const waiting = new Set<string>()
  let looking: Promise<void> | null = null
  let looks = 0
  let definitions: Definitions | null = null

  const look = async () => {
    const targets = await targetsNow(db)
    // Whether a definition has changed costs a look at all jobs; the next prediction finds it by itself.
    if (targets.length > 0 && looks++ % LOOKS_FOR_DEFINITIONS === 0) definitions = await readDefinitions(db)
    const watched = targets.map((t) => ({
      ...t,
      jobs: definitions ? ancestorsOf(definitions, t.job) : new Set<string>(),
    }))
    const ids = [...new Set(watched.flatMap(({ jobs }) => [...jobs]))]
    const moved = new Set(await changedOf(db, ids, versions))
    for (const { deadline, jobs } of watched)
      if (moved.size > 0 && [...moved].some((id) => jobs.has(id))) waiting.add(deadline)
    const now = clock.ms()
    const due = [...waiting].filter((id) => Math.abs(now - (asked.get(id) ?? Number.NEGATIVE_INFINITY)) >= SETTLE_MS)
    if (due.length === 0) return
    await insertIfAbsent(
      db,
      due.map((id) => movedPrediction(id, clock.now())),
    )
    for (const id of due) {
      waiting.delete(id)
      asked.set(id, now)
    }
    platform.committed()
  }

  const turn = (): Promise<void> => {
    looking ??= look()
      .catch((error) => log.debug({ err: (error as Error).message }, 'could not look for what has moved in chains'))
      .finally(() => {
        looking = null
      })
    return looking
  }

  await planAll(platform)
  await turn()
  const timer = setInterval(turn, POLL_MS)
  return {
    idle: async () => {
      await looking
      await turn()
    },
    async stop() {
      clearInterval(timer)
      await looking
    },
  }
}

/** Each deadline has its next look, whatever was lost. */
const planAll = async ({ db, clock }: Platform): Promise<void> => {
  const rows = await db.selectFrom('chain_deadlines').select('id').execute()
  await insertIfAbsent(
    db,
    rows.map(({ id }) => nextPrediction(id, clock.now())),
  )
}

/** Deadlines with a night that goes on, and the last jobs of their chains. */
const targetsNow = async (db: Db): Promise<{ deadline: string; job: string }[]> => {
  const { rows } = await sql<{ deadline: string; job: string }>`
    select distinct d.id as deadline, d.job_id as job from chain_nights n join chain_deadlines d on d.id = n.deadline_id
    where not n.settled and d.job_id is not null`.execute(db)
  return rows
}

/** Those whose state was written since the last look; at the first look none. */
const changedOf = async (db: Db, ids: readonly string[], versions: Map<string, number>): Promise<string[]> => {
  if (ids.length === 0) {
    versions.clear()
    return []
  }
  const { rows } = await sql<{ id: string; version: number }>`
    select job_id as id, version from job_states where job_id = any(${[...ids]}::uuid[])`.execute(db)
  const changed = rows.flatMap(({ id, version }) => {
    const before = versions.get(id)
    return before !== undefined && before !== Number(version) ? [id] : []
  })
  const here = new Set(ids)
  for (const id of versions.keys()) if (!here.has(id)) versions.delete(id)
  for (const { id, version } of rows) versions.set(id, Number(version))
  return changed
}
