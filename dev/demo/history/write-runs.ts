import type { RunVerdict } from '../../../contract/jobs/words.ts'
import { expectAfter, freshState, type JobState } from '../../../server/features/jobs/job-state.ts'
import { type PingRow, pingInsert } from '../../../server/features/jobs/ping-rows.ts'
import { readSchedule } from '../../../server/features/jobs/schedule/schedule.ts'
import { readStates, stateWrite } from '../../../server/features/jobs/state-rows.ts'
import { volumesOfOutput } from '../../../server/features/jobs/volumes.ts'
import type { Platform } from '../../../server/platform/platform.ts'
import type { PastJob, PastRun } from './runs.ts'

const ROWS = 5_000

/** Writes runs as the pings that told of them, and how each job stands after them. */
export const writeRuns = async (
  { db }: Platform,
  jobs: readonly (PastJob & { graceSeconds: number })[],
  runs: ReadonlyMap<string, readonly PastRun[]>,
  now: number,
  newId: () => string,
): Promise<void> => {
  const rows: PingRow[] = []
  const byId = new Map(jobs.map((job) => [job.id, job]))
  for (const run of [...runs.values()].flat()) {
    const job = byId.get(run.jobId)
    const ping = {
      jobId: run.jobId,
      run: run.id,
      rid: run.id,
      exit: null,
      host: run.host,
      remote: null,
      method: 'POST',
      userAgent: 'watchfloor-run',
      output: null,
      outputBytes: 0,
      note: null,
      scheme: 'https',
      cpuMs: null,
      peakKb: null,
      volumes: null,
      verdicts: null,
      number: null,
    }
    const { startedAt: start, endedAt: end, dueAt } = run
    rows.push({ ...ping, id: newId(), kind: 'start', received: start, happened: start, startedAt: null, dueAt })
    if (end === null) continue
    const kind = run.exit === 0 ? 'success' : 'fail'
    const verdicts: RunVerdict[] = [
      ...(job && start - dueAt > job.graceSeconds * 1000 ? (['late'] as const) : []),
      ...(kind === 'fail' ? (['failed'] as const) : []),
    ]
    const volumes = kind === 'success' ? volumesOfOutput(run.output) : null
    const said = { exit: run.exit, output: run.output, outputBytes: run.output.length, volumes, verdicts }
    rows.push({ ...ping, ...said, id: newId(), kind, received: end, happened: end, startedAt: start, dueAt })
  }
  for (let i = 0; i < rows.length; i += ROWS) await pingInsert(rows.slice(i, i + ROWS)).execute(db)
  if (jobs.length === 0) return
  const before = await readStates(
    db,
    jobs.map((job) => job.id),
  )
  const states = jobs.flatMap((job) => {
    const read = before.get(job.id)
    return read ? [{ ...read, state: stateAfter(job, runs.get(job.id) ?? [], now) }] : []
  })
  const written = await stateWrite(states, rows).execute(db)
  if (written.rows.length < jobs.length) throw new Error('The runs of some jobs were not kept in their states.')
}

const stateAfter = (job: PastJob & { graceSeconds: number }, runs: readonly PastRun[], now: number): JobState => {
  const ended = runs.filter((r) => r.endedAt !== null)
  const open = runs
    .filter((r) => r.endedAt === null)
    .map((r) => ({ run: r.id, rid: r.id, at: r.startedAt, due: r.dueAt, long: false }))
  const last = ended.at(-1)
  const after = readSchedule(job.schedule)
  // What waits for another may have been due, and has still to begin.
  const next = runs.at(-1) && after(runs.at(-1)?.dueAt ?? now)
  const dueAt = next && next <= now ? next : expectAfter({ after }, now)
  const limits = open.map((r) => r.at + (job.maxRunSeconds ?? 86_400) * 1000)
  return {
    ...freshState,
    outcome: last ? (last.exit === 0 ? 'success' : 'fail') : null,
    lastAt: last?.endedAt ?? null,
    lastRun: last?.id ?? null,
    lastMs: last?.endedAt ? last.endedAt - last.startedAt : null,
    lastExit: last?.exit ?? null,
    lastLateMs: last ? last.startedAt - last.dueAt : null,
    lastPingAt: runs.at(-1)?.endedAt ?? runs.at(-1)?.startedAt ?? null,
    pings: ended.length * 2 + open.length,
    open,
    dueAt,
    lookAt: Math.min(...limits, ...(dueAt === null ? [] : [dueAt + job.graceSeconds * 1000])),
  }
}
