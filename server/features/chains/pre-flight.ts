import { sql } from 'kysely'
import { tellDone, tellLeft, tellMoved } from '../../../contract/chains/minutes.ts'
import type { Finding } from '../../../contract/chains/night.ts'
import { preFlightInput } from '../../../contract/chains/night.ts'
import type { Instant } from '../../platform/clock.ts'
import type { ReadContext } from '../../platform/context.ts'
import { query } from '../../platform/query.ts'
import { spanWords } from '../jobs/index.ts'
import { boundsOf, businessDateOf, datingOf, dueOn, plusDays } from './business-date.ts'
import { collisionsOf } from './collisions.ts'
import { datesByCalendar } from './dates.ts'
import { type Deadline, loadDeadlines } from './deadline-rows.ts'
import { type Definitions, readDefinitions } from './definitions.ts'
import { findingsOf } from './findings.ts'
import { type Forecast, forecastNight } from './forecast.ts'
import { gatesOf } from './gates.ts'
import { classesOf } from './history.ts'
import { hostAlerts } from './host-alerts.ts'
import { instantAt, instantOrNull, showForecast } from './night-figures.ts'
import { type NightInput, readNight } from './night-input.ts'
import { readExtensions } from './night-row.ts'
import { surprisesOf } from './surprises.ts'

const MOST_DEADLINES = 50
const WEEK = 7
const HALF_A_DAY = 43_200_000
/** Another end than a week before is worth a word from here on. */
const MOVED_MS = 20 * 60_000

/** What is planned for a date: each deadline with its odds, what is special, and what is unlike the same night a week before. */
export const readPreFlight = query('chain.pre_flight', {
  permission: 'chain.read',
  input: preFlightInput,
  async run(ctx, { date: given, teamId }) {
    const now = ctx.now().epochMilliseconds
    const all = ctx.scope.rows === 'all' ? await loadDeadlines(ctx.db) : []
    const mine = all.filter((d) => d.jobId !== null && (!teamId || d.teamId === teamId))
    const [first] = mine
    const zone = first ? datingOf(first) : { zone: 'UTC', cut: '17:00' }
    // By half a day later it is the date of the coming night, and in the night that of this one.
    const date = given ?? businessDateOf(now + HALF_A_DAY, zone)
    const definitions = await readDefinitions(ctx.db)
    const planned: Awaited<ReturnType<typeof planOf>>[] = []
    let more = false
    const datesFor = datesByCalendar(ctx.db)
    for (const deadline of mine) {
      if (!(await datesFor(deadline)).on(date)) continue
      more = planned.length >= MOST_DEADLINES
      if (more) break
      planned.push(await planOf(ctx, deadline, date, definitions))
    }
    const deadlines = planned
      .filter((plan) => plan !== null)
      .toSorted((a, b) => Temporal.Instant.compare(a.dueAt, b.dueAt))
    return { date, comparedWith: plusDays(date, -WEEK), deadlines, more }
  },
})

const planOf = async (ctx: ReadContext, deadline: Deadline, date: string, definitions: Definitions) => {
  const night = await readNight(ctx.db, deadline, date, ctx.now().epochMilliseconds, { definitions })
  if (!night) return null
  const extended = (await readExtensions(ctx.db, deadline.id)).get(date) ?? null
  const forecast = await forecastNight(night, { extended })
  if (forecast.absent || forecast.due === null) return null
  const before = await weekBefore(ctx, deadline, date, night.dating)
  return {
    deadline: { id: deadline.id, name: deadline.name },
    dueAt: instantAt(forecast.due),
    dayClass: classesOf(night.dates)(date)[0] ?? 'any',
    jobs: night.jobs.filter((job) => !job.waits.isBox).length,
    firstStartsAt: instantOrNull(Math.min(...startsOf(night, forecast))),
    forecast: showForecast(forecast, forecast.due),
    weekBefore: before,
    findings: [
      ...surprisesOf(night),
      ...findingsOf(night, forecast.predicted),
      ...(await collisionsOf(ctx.db, night, forecast.predicted.times, forecast.due)),
      ...(await hostAlerts(ctx.db, night, ctx.now().epochMilliseconds)),
      ...differences(night, forecast, before, ctx.now().epochMilliseconds),
    ],
  }
}

const startsOf = ({ jobs }: NightInput, { predicted: { times, phases } }: Forecast): number[] =>
  jobs.flatMap((job, i) => {
    const kind = phases[i]?.kind
    const at = times.begin[i] as number
    return !job.waits.isBox && kind !== 'absent' && kind !== 'iced' && Number.isFinite(at) ? [at] : []
  })

type WeekBefore = { endedAt: Instant | null; dueAt: Instant; state: string }

/** As it was told then; of one that was not looked at yet, by the run of its last job that is on record. */
const weekBefore = async (
  ctx: ReadContext,
  deadline: Deadline,
  date: string,
  dating: NightInput['dating'],
): Promise<WeekBefore | null> => {
  const then = plusDays(date, -WEEK)
  const told = await sql<WeekBefore>`
    select done_at as "endedAt", due_at as "dueAt", state from chain_nights
    where deadline_id = ${deadline.id} and business_date = ${then}::date`.execute(ctx.db)
  const [row] = told.rows
  const due = dueOn(then, deadline)
  if (row || due === null) return row ?? null
  const { from, to } = boundsOf(then, dating)
  const { rows } = await sql<{ at: Instant }>`
    select ended_at as at from chain_runs
    where job_id = ${deadline.jobId} and outcome = 'succeeded' and at >= to_timestamp(${from}::float8 / 1000)
      and started_at >= to_timestamp(${from}::float8 / 1000) and started_at < to_timestamp(${to}::float8 / 1000)
    order by at limit 1`.execute(ctx.db)
  const endedAt = rows[0]?.at ?? null
  if (endedAt === null) return null
  return { endedAt, dueAt: instantAt(due), state: endedAt.epochMilliseconds > due ? 'done_late' : 'done' }
}

const SHOWN = 10

/** What is unlike the same night a week before: jobs that run on one of the dates alone, and another end. */
const differences = (
  night: NightInput,
  { outlook, due }: Forecast,
  before: WeekBefore | null,
  now: number,
): Finding[] => {
  const endsAt = outlook.end
  const then = boundsOf(plusDays(night.date, -WEEK), night.dating)
  const runs = (gates: readonly number[] | null) => gates === null || gates.length > 0
  const found: Finding[] = []
  for (const [isNow, word] of [
    [true, 'but not a week before'],
    [false, 'not, but did a week before'],
  ] as const) {
    const jobs = night.jobs.filter((job, i) => {
      const [now, was] = [
        runs(night.graph.nodes[i]?.gates ?? null),
        runs(gatesOf(job.schedule, night.daysOf(job.schedule), then.from, then.to)),
      ]
      return now !== was && now === isNow
    })
    if (jobs.length === 0) continue
    const names = jobs.slice(0, SHOWN).map((job) => job.name)
    const list = jobs.length > SHOWN ? `${names.join(', ')} and ${jobs.length - SHOWN} more` : names.join(', ')
    found.push({
      kind: 'moved',
      jobs: jobs.slice(0, SHOWN).map(({ id, name }) => ({ id, name })),
      message: `${list} ${jobs.length === 1 ? 'runs' : 'run'} on this date ${word}.`,
    })
  }
  if (before?.endedAt && endsAt === null) {
    const left = tellDone(before.endedAt.epochMilliseconds, before.dueAt.epochMilliseconds)
    found.unshift({
      kind: 'no_end',
      jobs: [],
      message: `As things are it does not end; a week before it was done ${spanWords(Math.abs(left))} ${left < 0 ? 'after' : 'before'} its deadline.`,
    })
  }
  if (before?.endedAt && endsAt !== null && due !== null) {
    const isDone = endsAt <= now
    const later = tellMoved(tellLeft(endsAt, due, isDone), {
      doneAt: before.endedAt.epochMilliseconds,
      dueAt: before.dueAt.epochMilliseconds,
    })
    if (Math.abs(later) >= MOVED_MS)
      found.push({
        kind: 'moved',
        jobs: [],
        message: `It ${isDone ? 'ended' : 'is expected to end'} ${spanWords(Math.abs(later))} ${later > 0 ? 'later' : 'earlier'} against its deadline than a week before.`,
      })
  }
  return found
}
