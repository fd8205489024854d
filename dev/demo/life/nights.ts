import type { JobSchedule } from '../../../contract/jobs/schedule.ts'
import { readSchedule } from '../../../server/features/jobs/schedule/schedule.ts'
import { type Clock, plusMillis } from '../../../server/platform/clock.ts'
import type { House } from '../../../server/platform/house.ts'
import { createRandom, type Random } from '../history/random.ts'
import { NIGHT, outputOf, type PastJob, runLength } from '../history/runs.ts'
import type { Voice } from './voice.ts'

type Job = PastJob & { open: { run: string; at: number }[]; dueAt: number | null }

/** What waits for another looks so often whether that is done. */
const LOOK_MS = 20_000

/** The machines of the batch: each job is begun when it is due and what it waits for is done, and tells its end in time. */
export const startNights = async (house: House, voice: Voice, say: (line: string) => void) => {
  const { clock } = house.platform
  const random = createRandom(clock.now().epochMilliseconds % 2 ** 31)
  const cancels = new Map<string, () => void>()
  let stopped = false
  const at = (name: string, ms: number, run: () => Promise<void>) =>
    void cancels.set(
      name,
      clock.timer(instantOf(ms), () => {
        cancels.delete(name)
        if (!stopped) void run().catch((error: Error) => say(`  ${name}: ${error.message}`))
      }),
    )
  const machine: Machine = { at, clock, voice, random, isReady: (job, due) => isReady(house, job, due) }
  for (const job of await readJobs(house)) {
    for (const { run, at: began } of job.open) endLater(machine, job, run, began)
    beginNext(machine, job, job.dueAt)
  }
  return {
    async stop() {
      stopped = true
      for (const cancel of cancels.values()) cancel()
    },
  }
}

type Machine = {
  at(name: string, ms: number, run: () => Promise<void>): void
  clock: Clock
  voice: Voice
  random: Random
  isReady(job: Job, due: number): Promise<boolean>
}
const instantOf = (ms: number) => Temporal.Instant.fromEpochMilliseconds(Math.round(ms))
const hosts = ['prdbat01', 'prdbat02', 'prdbat03', 'prdbat04']

/** `known`: when it is due, where that may have been while everything started. */
const beginNext = (machine: Machine, job: Job, known: number | null = null): void => {
  const { at, clock, random } = machine
  const due = known ?? readSchedule(job.schedule)(clock.now().epochMilliseconds)
  if (due === null) return
  at(job.slug, plusMillis(instantOf(due), random.whole(500, 8_000)).epochMilliseconds, () => begin(machine, job, due))
}

const begin = async (machine: Machine, job: Job, due: number): Promise<void> => {
  const { at, clock, voice, random } = machine
  if (!(await machine.isReady(job, due)))
    return at(job.slug, clock.now().epochMilliseconds + LOOK_MS, () => begin(machine, job, due))
  beginNext(machine, job)
  const run = crypto.randomUUID()
  await voice.ping(job.id, '/start', run, random.pick(hosts))
  endLater(machine, job, run, clock.now().epochMilliseconds)
}

/** Whether all that it waits for has ended well in the night in which it is due. */
const isReady = async ({ platform: { db } }: House, { after }: Job, due: number): Promise<boolean> => {
  if (after.length === 0) return true
  const rows = await db
    .selectFrom('jobs as j')
    .innerJoin('job_states as s', 's.job_id', 'j.id')
    .select(['s.outcome', 's.last_at', 's.open'])
    .where('j.slug', 'in', [...after])
    .execute()
  return rows.every(
    ({ outcome, last_at: last, open }) =>
      (open as unknown as Job['open']).length === 0 &&
      outcome === 'success' &&
      (last?.epochMilliseconds ?? 0) > due - NIGHT,
  )
}

const endLater = ({ at, voice, random }: Machine, job: Job, run: string, began: number): void => {
  const ms = runLength(random, job, began)
  at(`${job.slug} ${run}`, began + ms, () =>
    voice.ping(job.id, '/0', run, random.pick(hosts), outputOf(random, job.name, false, ms)),
  )
}

const readJobs = async ({ platform: { db } }: House): Promise<Job[]> => {
  const rows = await db
    .selectFrom('jobs as j')
    .innerJoin('job_states as s', 's.job_id', 'j.id')
    .leftJoin('job_waits as w', 'w.job_id', 'j.id')
    .select(['j.id', 'j.slug', 'j.name', 'j.schedule', 'j.max_run_seconds', 's.open', 's.due_at', 'w.names'])
    .execute()
  return rows.map((r) => ({
    id: r.id,
    slug: r.slug,
    name: r.name,
    schedule: r.schedule as unknown as JobSchedule,
    maxRunSeconds: r.max_run_seconds,
    open: r.open as unknown as Job['open'],
    dueAt: r.due_at?.epochMilliseconds ?? null,
    after: r.names ?? [],
  }))
}
