import { sql } from 'kysely'
import type { Db } from '../../platform/db/pool.ts'
import { prepared } from '../../platform/db/prepared.ts'
import { maskSecrets } from '../../platform/mask-secrets.ts'
import { advance, type Ping } from './advance.ts'
import type { FollowedEnd } from './follow.ts'
import type { Flip } from './job-state.ts'
import { SKEWED_MS } from './ping-action.ts'
import { type Filtered, meantBy } from './ping-filters.ts'
import { endedRuns, idInsert, knownIds, lostRows, nameOf, type PingRow, pingInsert, setStarts } from './ping-rows.ts'
import { type ReadState, stateWrite } from './state-rows.ts'
import { type Turn, turnInsert, turnOf } from './turns.ts'
import { volumesOfOutput } from './volumes.ts'

/** A ping as it came, with all that is kept of it. */
export type TakenPing = Ping &
  Pick<PingRow, 'jobId' | 'host' | 'remote' | 'method' | 'userAgent' | 'output' | 'outputBytes' | 'note' | 'scheme'> &
  Pick<PingRow, 'cpuMs' | 'peakKb' | 'volumes'> &
  Pick<Filtered, 'mail'> & {
    /** What its sender calls it, so that it counts once. */
    givenId: string | null
    /** The beginning of what it sent, where more was sent than is kept. */
    head: string | null
    /** Its exit status alone says how the run ended. */
    byExit?: boolean
    /** The row of run_outputs that has all of its output, where that is more than is kept here. */
    all?: { id: string; taken: number } | null
  }

/** `repeated`: it has come before, and is answered as then. */
export type Answer = { known: boolean; repeated: boolean; perSecond: number }
export type NamedFlip = Flip & { jobId: string }

/** What pings make of the states that were read of their jobs. Nothing of it is kept yet. */
export type Made = {
  /** In the order of the pings. */
  answers: Answer[]
  rows: PingRow[]
  /** The newest state of each job that changes. */
  next: Map<string, ReadState>
  named: NamedPing[]
  flips: NamedFlip[]
  /** Starts that were told after the end of their run. */
  starts: LateStart[]
  /** Jobs that were paused, and are not any more. */
  resumed: Set<string>
  turns: Turn[]
  /** Ends of runs that other jobs follow. */
  ends: FollowedEnd[]
  outputs: { id: string; taken: number }[]
}

type NamedPing = TakenPing & { givenId: string }
type LateStart = { jobId: string; rid: string; at: number }

const ENDED_FIRST = 'Its end is said to have been before its start, so that how long it took is not known.'

const unknown: Answer = { known: false, repeated: false, perSecond: 0 }

/** Of jobs that are not among `states`, or archived, nothing is kept. */
export const makeOf = async (db: Db, pings: TakenPing[], states: ReadonlyMap<string, ReadState>): Promise<Made> => {
  const known = pings.filter((p) => states.get(p.jobId)?.held.archived === false)
  const taken = await knownIds(
    db,
    known.filter((p): p is NamedPing => p.givenId !== null),
  )
  const ended = await endedRuns(
    db,
    known.filter((p): p is TakenPing & { rid: string } => p.kind === 'start' && p.late && p.rid !== null),
  )
  const made: Made = {
    answers: [],
    rows: [],
    next: new Map(),
    named: [],
    flips: [],
    starts: [],
    resumed: new Set(),
    turns: [],
    ends: [],
    outputs: [],
  }
  made.answers = pings.map((given) => {
    const { jobId, givenId, rid } = given
    const job = made.next.get(jobId) ?? states.get(jobId)
    if (!job || job.held.archived) return unknown
    const { held, rule } = job
    const output = held.rules === 'healthchecks' ? (given.head ?? given.output) : given.output
    // The runner's own word that a run goes on; what the run has printed so far is no word of how it will end.
    const goesOn = given.kind === 'log' && givenId !== null
    const filtered = { method: given.method, mail: given.mail, output, exit: given.byExit ? given.exit : null }
    const meant = goesOn ? given.kind : meantBy(held.filters, given.kind, filtered)
    const isHeldBack = held.rules === 'healthchecks' && held.paused && held.resumesByHand && !goesOn
    const kind = isHeldBack ? ('ignored' as const) : meant
    // Thousands a second: what stays as it came is not copied.
    const ping = kind === given.kind && output === given.output ? given : { ...given, output, kind }
    const answer = { known: true, repeated: false, perSecond: held.pingsPerSecond }
    if (givenId !== null) {
      const name = nameOf({ jobId, givenId })
      if (taken.has(name)) return { ...answer, repeated: true }
      // Of two in one batch the first counts.
      taken.add(name)
      made.named.push({ ...ping, givenId })
    }
    const endedBefore = rid !== null && ended.has(`${jobId} ${rid}`)
    const step = advance(job.state, endedBefore ? { ...ping, endedBefore } : ping, rule)
    const turn = turnOf(jobId, job.state, step.state, ping.happened, 'fail')
    if (turn) made.turns.push(turn)
    made.next.set(jobId, { ...job, state: step.state })
    if (step.resumes) made.resumed.add(jobId)
    const isEnd = kind === 'success' || kind === 'fail'
    if (held.isFollowed && isEnd)
      made.ends.push({
        jobId,
        run: step.run,
        at: ping.happened,
        succeeded: !step.verdicts?.includes('failed') && !step.verdicts?.includes('short'),
        late: ping.late,
      })
    if (given.all) made.outputs.push(given.all)
    // Two clocks told of it, and both cannot be right; of what was put right a moment may be out of order.
    const startedAt = isEnd && step.startedAt !== null ? Math.min(step.startedAt, ping.happened) : step.startedAt
    const isOdd = isEnd && step.startedAt !== null && step.startedAt - ping.happened > SKEWED_MS
    const said = isOdd ? [step.note, ENDED_FIRST].filter(Boolean).join(' ') : step.note
    // Before what gave it up, which is the newest.
    if (step.lost.length > 0) made.rows.push(...lostRows(jobId, step.lost, ping.received - 1))
    made.rows.push({
      ...ping,
      outputId: given.all?.id ?? null,
      output: output === null ? null : maskSecrets(output),
      volumes: isEnd ? (ping.volumes ?? volumesOfOutput(output)) : null,
      verdicts: step.verdicts && step.verdicts.length > 0 ? step.verdicts : null,
      run: step.run,
      startedAt: isOdd ? null : startedAt,
      dueAt: step.dueAt,
      number: step.state.pings,
      note: said ? [ping.note, said].filter(Boolean).join(' ') : ping.note,
    })
    for (const flip of step.flips) made.flips.push({ ...flip, jobId })
    if (endedBefore && rid !== null && ping.kind === 'start') made.starts.push({ jobId, rid, at: ping.happened })
    return answer
  })
  return made
}

const outputsKept = (outputs: Made['outputs']) => sql`
  update run_outputs r set kept = true, taken = u.t
  from unnest(${outputs.map((o) => o.id)}::uuid[], ${outputs.map((o) => o.taken)}::int8[]) as u(i, t) where r.id = u.i`

const normInsert = (jobIds: string[]) => sql`
  insert into job_norms (job_id) select unnest(${jobIds}::uuid[]) on conflict do nothing`

/** Writes all of it but the flips in one statement; fails, to be tried again, where a state or a job was changed meanwhile. */
export const writeMade = async (db: Db, { next, rows, named, starts, turns, outputs }: Made): Promise<void> => {
  if (next.size === 0) return
  const states = stateWrite([...next.values()], rows)
  const ids = named.length > 0 ? sql`, i as (${idInsert(named)})` : sql``
  const unmeasured = [...new Set(rows.flatMap((r) => (r.volumes !== null && r.startedAt === null ? [r.jobId] : [])))]
  // A job without durations is compared from its first volume on.
  const measured = unmeasured.length > 0 ? sql`, m as (${normInsert(unmeasured)})` : sql``
  const turned = turns.length > 0 ? sql`, t as (${turnInsert(turns)})` : sql``
  const whole = outputs.length > 0 ? sql`, o as (${outputsKept(outputs)})` : sql``
  await sql`${prepared}
    with kept as (${states}), p as (${pingInsert(rows)})${ids}${turned}${measured}${whole}
    select require_all((select count(*) from kept), ${next.size}::int8)`.execute(db)
  await setStarts(db, starts)
}
