import type { JobSchedule } from '../../../contract/jobs/schedule.ts'
import type { Platform } from '../../../server/platform/platform.ts'
import type { TeamName } from '../../seed/teams.ts'
import type { Company } from '../company.ts'
import { type AlertTicket, alertTicket } from './alert-tickets.ts'
import { readCast } from './cast.ts'
import { type PastMonitor, pastDisturbances } from './disturbances.ts'
import { DAY } from './hours.ts'
import { createRandom } from './random.ts'
import { type PastJob, type PastRun, pastRuns } from './runs.ts'
import { writeSilences } from './silences.ts'
import { numbered } from './ticket-rows.ts'
import { openTickets, pastTickets } from './tickets.ts'
import { writeAlerts } from './write-alerts.ts'
import { writeMonitors } from './write-monitors.ts'
import { writeRuns } from './write-runs.ts'
import { writeTickets } from './write-tickets.ts'
import { writeWear } from './write-wear.ts'

export const DAYS = 90
const BY_PEOPLE = 1_100
const BY_MACHINES = 420
const OPEN = 34

export type Given = {
  monitors: readonly (PastMonitor & { team: TeamName; tier: number })[]
  jobs: readonly PastJob[]
}

/** All that happened, out of a number: the same number at the same time gives the same history. */
export const makeHistory = (seed: number, now: number, { monitors, jobs }: Given) => {
  const random = createRandom(seed)
  const told = [...pastTickets(random, now, DAYS, BY_PEOPLE), ...openTickets(random, now, OPEN)]
  const disturbances = pastDisturbances(random, monitors, now, DAYS, BY_MACHINES)
  const byId = new Map(monitors.map((m) => [m.id, m]))
  const seen = disturbances.map((d) => {
    const monitor = byId.get(d.monitor.id)
    return alertTicket(random, d, monitor?.team ?? 'markets', monitor?.tier ?? 3, now)
  })
  return { tickets: [...told, ...seen], disturbances, runs: makeRuns(seed, now, jobs) }
}

/** What ran, by the id of its job; each after what it waits for. */
export const makeRuns = (seed: number, now: number, jobs: readonly PastJob[]): Map<string, readonly PastRun[]> => {
  const bySlug = new Map(jobs.map((job) => [job.slug, job]))
  const made = new Map<string, readonly PastRun[]>()
  const runsOf = (job: PastJob): readonly PastRun[] => {
    const known = made.get(job.id)
    if (known) return known
    const before = job.after.flatMap((slug) => bySlug.get(slug) ?? []).map(runsOf)
    const runs = pastRuns(createRandom(seed + hash(job.slug)), job, now, DAYS, before)
    made.set(job.id, runs)
    return runs
  }
  for (const job of jobs) runsOf(job)
  return made
}

const hash = (text: string): number => [...text].reduce((n, letter) => (n * 31 + letter.charCodeAt(0)) % 1_000_003, 5)

/** Puts ninety days behind a company that was just made. */
export const writeHistory = async (platform: Platform, company: Company, seed: number): Promise<void> => {
  const now = platform.clock.now().epochMilliseconds
  const from = now - DAYS * DAY
  const cast = await readCast(platform, company)
  const monitors = await readMonitors(platform, company)
  const jobs = await readJobs(platform)
  const { tickets, disturbances, runs } = makeHistory(seed, now, { monitors, jobs })
  const all = numbered(tickets)
  const seen = all.tickets.filter((t): t is (typeof all.tickets)[number] & AlertTicket => 'disturbance' in t)
  // Each draws from its own chance, so that it does not matter who comes first.
  const idsOf = (n: number) => createRandom(seed + n).uuid
  const told = async () => {
    await writeTickets(platform, cast, all, now, idsOf(1))
    await writeAlerts(platform, cast, seen, from, idsOf(2))
  }
  await Promise.all([
    told(),
    writeMonitors(platform, createRandom(seed + 3), monitors, disturbances, from, now),
    writeRuns(platform, jobs, runs, now, idsOf(4)),
    writeSilences(platform, cast, now, idsOf(5)),
    writeWear(platform, now),
  ])
}

const readMonitors = async ({ db }: Platform, { world }: Company) => {
  const rows = await db
    .selectFrom('monitors as m')
    .innerJoin('services as s', 's.id', 'm.service_id')
    .select([
      'm.id',
      'm.name',
      'm.config',
      'm.interval_seconds',
      'm.environment',
      's.slug',
      's.tier',
      's.owner_team_id',
    ])
    .orderBy('m.name')
    .execute()
  const teams = new Map(Object.entries(world.teams).map(([name, id]) => [id, name as TeamName]))
  return rows.map((r) => ({
    id: r.id,
    name: r.name,
    target: targetOf(r.config),
    service: r.slug,
    intervalSeconds: r.interval_seconds,
    environment: r.environment,
    tier: r.tier,
    team: teams.get(r.owner_team_id ?? '') ?? ('markets' as const),
  }))
}

const targetOf = (config: unknown): string | null => {
  const { address } = config as { address?: unknown }
  return typeof address === 'string' && address.startsWith('http') ? new URL(address).pathname.slice(1) : null
}

const readJobs = async ({ db }: Platform) => {
  const rows = await db
    .selectFrom('jobs as j')
    .leftJoin('job_waits as w', 'w.job_id', 'j.id')
    .selectAll('j')
    .select('w.names')
    .orderBy('j.slug')
    .execute()
  return rows.map((j) => ({
    id: j.id,
    slug: j.slug,
    name: j.name,
    schedule: j.schedule as unknown as JobSchedule,
    maxRunSeconds: j.max_run_seconds,
    graceSeconds: j.grace_seconds,
    after: j.names ?? [],
  }))
}
