import { sql } from 'kysely'
import type { Db } from '../../platform/db/pool.ts'
import { prepared } from '../../platform/db/prepared.ts'
import { insertIfAbsent } from '../../platform/due.ts'
import { ref } from '../../platform/events.ts'
import type { Platform } from '../../platform/platform.ts'
import type { Running } from '../../platform/registry-of-work.ts'
import { ancestorsOf } from './closure.ts'
import { type Definitions, readDefinitions } from './definitions.ts'
import { movedPrediction, nextPrediction } from './predict-due.ts'

const POLL_MS = 125
/** A deadline is predicted at once when a job of its chain moves, and then not again before this. */
const SETTLE_MS = 3_000

/** Whoever reads a chain that has moved has it predicted for himself: a wide one is read again less often. */
const SHOW_EACH_JOB_MS = 1
const SHOW_MS = 1_000

/** What a look may cost of all time. */
const SHARE = 10

/**
 * The jobs of all chains that go on, each with its deadlines; of those how many jobs they have, and when they were predicted
 * last (epoch milliseconds).
 */
type Watched = {
  of: string
  definitions: Definitions | null
  deadlines: ReadonlyMap<string, readonly string[]>
  sizes: ReadonlyMap<string, number>
  predictedAt: ReadonlyMap<string, number>
}

const nothing: Watched = {
  of: '',
  definitions: null,
  deadlines: new Map(),
  sizes: new Map(),
  predictedAt: new Map(),
}

/**
 * Sees when a job of a chain that goes on has moved, by the version of its state, and has its deadlines predicted. Pings are
 * thousands a second, and most are of no chain: asking for the few that are costs less than telling each.
 */
export const startWatch = async (platform: Platform): Promise<Running> => {
  const { db, clock, log } = platform
  const versions = new Map<string, number>()
  const asked = new Map<string, number>()
  const waiting = new Set<string>()
  const shown = new Map<string, number>()
  const unshown = new Set<string>()
  let watched = nothing
  let looking: Promise<void> | null = null

  const show = (now: number) => {
    const due = [...unshown].filter((id) => {
      const every = Math.max(SHOW_MS, SHOW_EACH_JOB_MS * (watched.sizes.get(id) ?? 0))
      return Math.abs(now - (shown.get(id) ?? Number.NEGATIVE_INFINITY)) >= every
    })
    for (const id of due) {
      unshown.delete(id)
      shown.set(id, now)
    }
    if (due.length > 0) platform.moved(due.map((id) => ref('deadline', id)))
  }

  const look = async () => {
    watched = await watchedNow(db, watched)
    const { deadlines, predictedAt } = watched
    for (const { id, heardAt } of await changedOf(db, [...deadlines.keys()], versions))
      for (const deadline of deadlines.get(id) ?? [])
        if (heardAt >= (predictedAt.get(deadline) ?? 0)) {
          waiting.add(deadline)
          unshown.add(deadline)
        }
    const now = clock.ms()
    show(now)
    const rested = [...waiting].filter((id) => Math.abs(now - (asked.get(id) ?? Number.NEGATIVE_INFINITY)) >= SETTLE_MS)
    if (rested.length === 0) return
    // One that is at work has looked already: what has moved since would be lost with its row.
    const atWork = await keysAtWork(
      db,
      rested.map((id) => movedPrediction(id, clock.now()).key),
    )
    const due = rested.filter((id) => !atWork.has(movedPrediction(id, clock.now()).key))
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

  let restUntil = 0
  const timedTurn = async () => {
    if (performance.now() < restUntil) return
    const started = performance.now()
    await turn()
    restUntil = performance.now() + (performance.now() - started) * (SHARE - 1)
  }

  await planAll(platform)
  await turn()
  const timer = setInterval(timedTurn, POLL_MS)
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

const keysAtWork = async (db: Db, keys: readonly string[]): Promise<ReadonlySet<string>> => {
  const { rows } = await sql<{ key: string }>`
    select key from due where key = any(${[...keys]}::text[]) and lease is not null`.execute(db)
  return new Set(rows.map(({ key }) => key))
}

/** Made anew only when other nights go on, or when what waits for what has changed. */
const watchedNow = async (db: Db, before: Watched): Promise<Watched> => {
  const { rows } = await sql<{ deadline: string; job: string; at: number }>`${prepared}
    select d.id as deadline, d.job_id as job, (extract(epoch from min(n.predicted_at)) * 1000)::int8 as at
    from chain_nights n join chain_deadlines d on d.id = n.deadline_id
    where not n.settled and d.job_id is not null group by d.id order by d.id`.execute(db)
  if (rows.length === 0) return nothing
  const definitions = await readDefinitions(db)
  const of = rows.map(({ deadline, job }) => `${deadline} ${job}`).join()
  const predictedAt = new Map(rows.map(({ deadline, at }) => [deadline, at]))
  if (of === before.of && definitions === before.definitions) return { ...before, predictedAt }
  const deadlines = new Map<string, string[]>()
  const sizes = new Map<string, number>()
  for (const { deadline, job } of rows) {
    const chain = ancestorsOf(definitions, job)
    sizes.set(deadline, chain.size)
    for (const id of chain) {
      const known = deadlines.get(id)
      if (known) known.push(deadline)
      else deadlines.set(id, [deadline])
    }
  }
  return { of, definitions, deadlines, sizes, predictedAt }
}

/**
 * Those whose state was written since the last look; of those that are looked at for the first time, when they were heard of:
 * it may have been after the last prediction, and before somebody watched.
 */
const changedOf = async (
  db: Db,
  ids: readonly string[],
  versions: Map<string, number>,
): Promise<{ id: string; heardAt: number }[]> => {
  if (ids.length === 0) {
    versions.clear()
    return []
  }
  const { rows } = await sql<{ id: string; version: number; at: number | null }>`${prepared}
    select job_id as id, version, (extract(epoch from last_ping_at) * 1000)::int8 as at
    from job_states where job_id = any(${[...ids]}::uuid[])`.execute(db)
  const changed = rows.flatMap(({ id, version, at }) => {
    const before = versions.get(id)
    if (before === undefined) return at === null ? [] : [{ id, heardAt: at }]
    return before === version ? [] : [{ id, heardAt: Number.POSITIVE_INFINITY }]
  })
  const here = new Set(ids)
  for (const id of versions.keys()) if (!here.has(id)) versions.delete(id)
  for (const { id, version } of rows) versions.set(id, version)
  return changed
}
