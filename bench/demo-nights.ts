import { readFileSync } from 'node:fs'
import { parseAllDocuments } from 'yaml'
import type { Due } from '../contract/chains/deadline.ts'
import type { JobSchedule } from '../contract/jobs/schedule.ts'
import { type JobWaits, jobWaits } from '../contract/jobs/waits.ts'
import { makeRuns } from '../dev/demo/history/index.ts'
import type { Dates } from '../server/features/chains/dates.ts'
import type { JobDef } from '../server/features/chains/definitions.ts'
import { gatesBetween } from '../server/features/chains/gates.ts'
import { nodeOf } from '../server/features/chains/night-input.ts'
import { pastNights } from '../server/features/chains/past-nights.ts'
import type { BacktestInput } from '../server/features/chains/predict/replay.ts'
import type { KnownRun } from '../server/features/chains/run-states.ts'

/** The ninety days of the demo, out of its own files and its own seed, as a back-test of its deadlines has them. */

const NOW = Date.parse('2026-11-27T10:00:00Z')
const SEED = 7

type Written = { slug: string; name: string }
type WrittenJob = Written & { schedule: JobSchedule; maxRunSeconds?: number; waits?: Partial<JobWaits> }
type WrittenDeadline = Written & { job: string; due: Due; cut?: string }

const read = <Kind>(name: string): Kind[] =>
  parseAllDocuments(readFileSync(new URL(`../dev/demo/company/${name}.yaml`, import.meta.url), 'utf8')).map(
    (document) => document.toJS() as Kind,
  )

const dates: Dates = {
  on: (date) => Temporal.PlainDate.from(date).dayOfWeek < 6,
  works: (date) => date.dayOfWeek < 6,
  knownUntil: null,
  exceptionOn: () => null,
}

type Nights = { name: string; input: Pick<BacktestInput, 'nodes' | 'target' | 'nights'> }

export const demoNights = (): Nights[] => {
  const written = read<WrittenJob>('jobs')
  const bySlug = new Map(written.map((job) => [job.slug, jobOf(job)]))
  const past = makeRuns(
    SEED,
    NOW,
    written.map((job) => ({
      ...job,
      id: job.slug,
      maxRunSeconds: job.maxRunSeconds ?? null,
      after: [...(bySlug.get(job.slug)?.before ?? [])],
    })),
  )
  return read<WrittenDeadline>('deadlines').map(({ name, job, due, cut = null }) => {
    const jobs = [...ancestors(bySlug, job)].flatMap((slug) => bySlug.get(slug) ?? [])
    const runs = jobs.map(({ id }) => (past.get(id) ?? []).flatMap(known).toReversed())
    const target = jobs.findIndex(({ id }) => id === job)
    const nights = pastNights({
      deadline: { due, cut, zoneCut: '17:00' },
      ...{ dates, jobs, target, runs, now: NOW, told: new Map(), from: '2026-08-01', until: '2026-11-26' },
      gatesOn: (from, to) => gatesBetween(from, to, () => null),
    })
    return {
      name,
      input: { nodes: jobs.map((one, i) => nodeOf(one, runs[i] ?? [], null, new Map())), target, nights: [...nights] },
    }
  })
}

const jobOf = ({ slug, name, schedule, waits }: WrittenJob): JobDef => {
  const all = jobWaits.parse(waits ?? {})
  const of = all.condition?.kind === 'all' ? all.condition.of : []
  return {
    ...{ id: slug, slug, name, schedule, waits: all },
    ...{ teamId: null, team: null, serviceId: null, service: null, environment: 'prod', origin: null, host: null },
    before: new Set(of.flatMap((one) => (one.kind === 'job' ? [one.job] : []))),
  }
}

const ancestors = (jobs: ReadonlyMap<string, JobDef>, slug: string, found = new Set<string>()): Set<string> => {
  if (found.has(slug)) return found
  found.add(slug)
  for (const before of jobs.get(slug)?.before ?? []) ancestors(jobs, before, found)
  return found
}

const known = (run: { startedAt: number; endedAt: number | null; exit: number; host: string }): KnownRun[] =>
  run.endedAt === null ? [] : [{ ...run, endedAt: run.endedAt, outcome: run.exit === 0 ? 'succeeded' : 'failed' }]
