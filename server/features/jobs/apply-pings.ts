import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../../platform/db/pool.ts'
import { newId } from '../../platform/ids.ts'
import { advance, type Ping } from './advance.ts'
import type { Flip, JobState } from './job-state.ts'
import { endedRuns, lostRow, nameOf, type PingRow, pingInsert, setStarts, takeIds } from './ping-rows.ts'
import { type LockedJob, lockStates, ruleOf, stateWrite } from './state-rows.ts'

/** A ping as it came, with all that is kept of it. */
export type TakenPing = Ping &
  Pick<PingRow, 'jobId' | 'host' | 'remote' | 'method' | 'userAgent' | 'output' | 'outputBytes' | 'note'> & {
    /** What its sender calls it, so that it counts once. */
    givenId: string | null
  }

/** `repeated`: it has come before, and is answered as then. */
export type Answer = { known: boolean; repeated: boolean; perSecond: number }
export type NamedFlip = Flip & { jobId: string }

const unknown: Answer = { known: false, repeated: false, perSecond: 0 }

/**
 * Keeps pings in the caller's transaction, in a constant number of statements: a row each, the newest state of their
 * jobs, and the flips that follow. Of jobs that are not there, or archived, nothing is kept.
 */
export const applyPings = async (db: Db, pings: TakenPing[]): Promise<{ flips: NamedFlip[]; answers: Answer[] }> => {
  const locked = await lockStates(db, [...new Set(pings.map((p) => p.jobId))])
  const known = pings.filter((p) => locked.get(p.jobId)?.archived === false)
  const named = known.filter((p): p is TakenPing & { givenId: string } => p.givenId !== null)
  const fresh = await takeIds(db, named)
  const lateStarts = known.filter(
    (p): p is TakenPing & { rid: string } => p.kind === 'start' && p.late && p.rid !== null,
  )
  const ended = await endedRuns(db, lateStarts)

  const rows: PingRow[] = []
  const flips: NamedFlip[] = []
  const changed = new Map<string, JobState>()
  const starts: { jobId: string; rid: string; at: number }[] = []
  const answers = pings.map((ping) => {
    const job = locked.get(ping.jobId)
    if (!job || job.archived) return unknown
    const answer = { known: true, repeated: false, perSecond: job.pingsPerSecond }
    // Taken out of the set, so that of two in one batch the first counts.
    if (ping.givenId !== null && !fresh.delete(nameOf({ jobId: ping.jobId, givenId: ping.givenId })))
      return { ...answer, repeated: true }
    const endedBefore = ping.rid !== null && ended.has(`${ping.jobId} ${ping.rid}`)
    const step = advance(changed.get(job.id) ?? stateOf(job), { ...ping, endedBefore }, ruleOf(job))
    changed.set(job.id, step.state)
    rows.push({ ...ping, run: step.run, startedAt: step.startedAt, dueAt: step.dueAt })
    // Before what gave it up, which is the newest.
    for (const run of step.lost) rows.push(lostRow(job.id, run, ping.received - 1, newId()))
    for (const flip of step.flips) flips.push({ ...flip, jobId: job.id })
    if (endedBefore && ping.rid !== null && ping.kind === 'start')
      starts.push({ jobId: job.id, rid: ping.rid, at: ping.happened })
    return answer
  })
  if (rows.length > 0) await write(db, pingInsert(rows), stateWrite([...changed].map(([id, state]) => ({ id, state }))))
  await setStarts(db, starts)
  return { flips, answers }
}

const stateOf = ({
  id,
  graceSeconds,
  maxRunSeconds,
  schedule,
  paused,
  archived,
  pingsPerSecond,
  ...s
}: LockedJob): JobState => s

/** Two tables in one round trip. */
const write = (db: Db, pings: RawBuilder<unknown>, states: RawBuilder<unknown>) =>
  sql`with p as (${pings}) ${states}`.execute(db)
