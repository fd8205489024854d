import type { Condition, JobWaits } from '../../../contract/jobs/waits.ts'
import type { OpenRun } from './job-state.ts'

/** Of a job that is waited for, what is known of it here. */
export type Before = {
  outcome: 'success' | 'fail' | null
  lastAt: number | null
  lastExit: number | null
  open: readonly OpenRun[]
  dueAt: number | null
  missedAt: number | null
  pings: number
  paused: boolean
  hold: JobWaits['hold']
}

/** A job that is due, at `due`, and what it waits for. */
export type Waiting = {
  due: number
  lastStart: number | null
  hold: JobWaits['hold']
  box: string | null
  condition: Condition | null
}

/** Since when something holds; null: it does not hold. Epoch milliseconds. */
type Since = number | null
const ALWAYS = Number.NEGATIVE_INFINITY

const DAY_MS = 86_400_000

/** Why a due job has not begun: `away` does not come this time, `blocked` cannot yet, and any other could since `since`. */
export type MayStart = { is: 'away' } | { is: 'blocked' } | { is: 'free'; since: number }

/**
 * Whether a job that is due can begin, by what is known here of those it waits for. Of what nobody here hears, such as a
 * variable, a file or a job that never pinged, the answer is that it holds: a miss that is told in vain is better than
 * silence.
 */
export const mayStart = (job: Waiting, find: (name: string) => Before | undefined, now: number): MayStart => {
  const box = job.box === null ? undefined : find(job.box)
  if (job.hold !== 'none' || (box && box.hold !== 'none')) return { is: 'away' }
  const since = latest([inBox(box, job.due), job.condition ? sinceOf(job.condition, { job, find, now }) : ALWAYS])
  // What has not let it begin for a day does not explain any more that it is not there.
  if (since === null) return now - job.due < DAY_MS ? { is: 'blocked' } : { is: 'free', since: ALWAYS }
  return { is: 'free', since }
}

const latest = (all: readonly Since[]): Since =>
  all.reduce<Since>((a, b) => (a === null || b === null ? null : Math.max(a, b)), ALWAYS)

const earliest = (all: readonly Since[]): Since =>
  all.reduce<Since>((a, b) => (a === null ? b : b === null ? a : Math.min(a, b)), null)

/** A member begins only while its box runs. */
const inBox = (box: Before | undefined, due: number): Since => {
  if (!box || !isHeard(box)) return ALWAYS
  const [run] = box.open
  return run ? run.at : box.lastAt !== null && box.lastAt >= due ? box.lastAt : null
}

type Looking = { job: Waiting; find: (name: string) => Before | undefined; now: number }

const sinceOf = (c: Condition, looking: Looking): Since => {
  if ('of' in c) {
    const all = c.of.map((one) => sinceOf(one, looking))
    return c.kind === 'all' ? latest(all) : earliest(all)
  }
  if (c.kind === 'global' || c.kind === 'file') return ALWAYS
  const before = looking.find(c.job)
  if (!before || before.hold === 'iced' || before.hold === 'bypassed') return ALWAYS
  if (before.hold === 'held') return c.kind === 'job' && c.is === 'not-running' ? ALWAYS : null
  if (!isHeard(before)) return ALWAYS
  const runs = before.open.some((run) => !run.over)
  if (c.kind === 'job' && c.is === 'not-running') return runs ? null : (before.lastAt ?? ALWAYS)
  // A scheduler knows the newest status alone: of a job that runs it is that it runs.
  if (runs || before.lastAt === null || !counts(c, before, before.lastAt, looking) || !fits(c, before)) return null
  return before.lastAt
}

/** A job that nobody tells us of explains nothing. */
const isHeard = (before: Before): boolean => before.pings > 0 && !before.paused

type OfJob = Extract<Condition, { kind: 'job' | 'exit' }>

const fits = (c: OfJob, { outcome, lastExit }: Before): boolean => {
  if (c.kind === 'exit') return compare[c.compare](lastExit ?? (outcome === 'success' ? 0 : 1), c.code)
  if (c.is === 'done') return outcome !== null
  return outcome === (c.is === 'succeeded' ? 'success' : 'fail')
}

const compare: Record<Extract<Condition, { kind: 'exit' }>['compare'], (a: number, b: number) => boolean> = {
  '=': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
}

/** Whether the last run of a job, which ended at `at`, is one that counts. */
const counts = ({ within }: OfJob, before: Before, at: number, { job, now }: Looking): boolean => {
  if (within === 'own-last-run') return job.lastStart === null || at > job.lastStart
  if (typeof within === 'object') return at >= now - within.seconds * 1_000
  // One that is due itself has not yet run on this date; else what ended a day before belongs to another.
  if (within === 'same-date')
    return before.missedAt === null && (before.dueAt === null || before.dueAt > now) && at > job.due - DAY_MS
  return true
}
