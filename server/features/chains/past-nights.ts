import type { JobSchedule } from '../../../contract/jobs/schedule.ts'
import { boundsOf, datingOf, dueOn, plusDays } from './business-date.ts'
import type { Dates } from './dates.ts'
import type { Deadline } from './deadline-rows.ts'
import type { JobDef } from './definitions.ts'
import { classesOf } from './history.ts'
import { dateBefore, factsOf, type Meant } from './night-input.ts'
import type { RunFact } from './predict/night.ts'
import type { PastNight } from './predict/replay.ts'
import type { KnownRun } from './run-states.ts'

/** What a night of the past is made of. Jobs and their runs are in the order of the graph. */
export type OnRecord = {
  deadline: Pick<Deadline, 'due' | 'cut' | 'zoneCut'>
  dates: Dates
  jobs: readonly JobDef[]
  target: number
  /** Of each job, the newest first. */
  runs: readonly (readonly KnownRun[])[]
  /** What was told of a date, where it was predicted. */
  told: ReadonlyMap<string, string>
  /** The first and the last date that are judged. */
  from: string
  until: string
  now: number
  /** To which date a run of a job belongs, where its start does not say it. */
  meantOf?(job: JobDef): Meant
  gatesOn(from: number, to: number): (schedule: JobSchedule) => readonly number[] | null
}

const NONE: readonly RunFact[] = []

/**
 * All dates on record, the oldest first, as a replay has them: those that are not judged are learnt from alone. Each is
 * judged by today’s rule of the deadline: that a night was granted more time was an answer to its danger. `unknown`: dates of
 * which nobody can say whether they were met.
 */
export function* pastNights(given: OnRecord): Generator<PastNight & { unknown: boolean }> {
  const dating = datingOf(given.deadline)
  const classes = classesOf(given.dates)
  const byDate = given.runs.map((runs, i) =>
    Map.groupBy(
      factsOf(runs, dating, Number.POSITIVE_INFINITY, given.meantOf?.(given.jobs[i] as JobDef)).toReversed(),
      (run) => run.date,
    ),
  )
  for (const date of datesOf(given, byDate)) {
    const { from, to } = boundsOf(date, dating)
    const runs = byDate.map((own) => own.get(date) ?? NONE)
    const inSpan = date >= given.from && date <= given.until && given.dates.on(date)
    const gates = inSpan ? given.jobs.map((job) => given.gatesOn(from, to)(job.schedule)) : []
    const judged = inSpan ? judge(given, date, runs, gates[given.target] ?? null) : null
    yield {
      date,
      previousDate: dateBefore(date, given.dates),
      classes: classes(date),
      from,
      due: judged?.due ?? null,
      asksFrom: judged?.asksFrom ?? from,
      gates,
      runs,
      unknown: judged?.unknown ?? false,
    }
  }
}

const datesOf = (
  { from, until, dates }: OnRecord,
  byDate: readonly ReadonlyMap<string, readonly RunFact[]>[],
): string[] => {
  const found = new Set(byDate.flatMap((own) => [...own.keys()]).filter((date) => date <= until))
  for (let date = from; date <= until; date = plusDays(date, 1)) if (dates.on(date)) found.add(date)
  return [...found].sort()
}

type Judged = { due: number | null; asksFrom: number; unknown: boolean }

const unmet = ['late', 'blocked', 'predicted_late']

const judge = (
  { deadline, target, told, now, jobs }: OnRecord,
  date: string,
  runs: readonly (readonly RunFact[])[],
  gates: readonly number[] | null,
): Judged | null => {
  const { due: rule } = deadline
  const firstOf = (some: readonly (readonly RunFact[])[]) => Math.min(...some.flat().map((run) => run.startedAt))
  const own = runs[target] ?? NONE
  const isReal = (i: number) => !jobs[i]?.waits.isBox
  const begun = rule.kind === 'in' && rule.from === 'job' ? firstOf([own]) : firstOf(runs.filter((_, i) => isReal(i)))
  const due = rule.kind === 'by' ? dueOn(date, deadline) : begun + rule.seconds * 1000
  const asksFrom = rule.kind === 'by' ? Number.NEGATIVE_INFINITY : begun
  if (due === null || !Number.isFinite(due) || due >= now) return null
  const learnt = { due: null, asksFrom: 0 }
  if (told.get(date) === 'unknown') return { ...learnt, unknown: true }
  if (own.length > 0 || unmet.includes(told.get(date) ?? '')) return { due, asksFrom, unknown: false }
  // Its last job did not run: where nothing starts it, that is as it should be; else nobody knows what came of it.
  const ran = runs.some((some) => some.length > 0)
  return { ...learnt, unknown: ran && gates?.length !== 0 }
}
