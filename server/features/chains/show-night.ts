import { sql } from 'kysely'
import { nightInput } from '../../../contract/chains/deadline.ts'
import type { NightState } from '../../../contract/chains/words.ts'
import type { Instant } from '../../platform/clock.ts'
import type { ReadContext } from '../../platform/context.ts'
import { notFound } from '../../platform/errors.ts'
import { query } from '../../platform/query.ts'
import { unitsHit } from '../catalog/index.ts'
import { dueOn } from './business-date.ts'
import { culpritOf } from './culprit.ts'
import { type Deadline, loadDeadlines, showDeadlineRow } from './deadline-rows.ts'
import { edgesOf } from './edges-of.ts'
import { findingsOf } from './findings.ts'
import { type Forecast, forecastNight } from './forecast.ts'
import { classesOf } from './history.ts'
import { hostAlerts } from './host-alerts.ts'
import { incidentFindings } from './incidents.ts'
import { instantAt, oddsKnown, showForecast } from './night-figures.ts'
import { type NightInput, readNight } from './night-input.ts'
import { chainOf } from './night-jobs.ts'
import { type NightRow, readExtensions, readNights } from './night-row.ts'
import { nextState } from './night-state.ts'
import { readDeadlineRow } from './show.ts'
import { surprisesOf } from './surprises.ts'
import { openAlertsOf } from './tell.ts'
import { dateOfNow } from './which-date.ts'

/** A deadline that the reader may see, with its rules. */
export const loadReadable = async (ctx: ReadContext, id: string): Promise<Deadline> => {
  const [deadline] = ctx.scope.rows === 'all' ? await loadDeadlines(ctx.db, [id]) : []
  if (!deadline) throw notFound('The deadline')
  return deadline
}

/** A night that can be looked at; throws where its job is gone. */
export const requireNight = async (ctx: ReadContext, deadline: Deadline, date: string): Promise<NightInput> => {
  const night = await readNight(ctx.db, deadline, date, ctx.now().epochMilliseconds)
  if (!night) throw notFound(`The job of ${deadline.name}`)
  return night
}

/** A chain on a business date: what ran, what is expected, what to act on. */
export const readNightOf = query('deadline.night', {
  permission: 'chain.read',
  input: nightInput,
  async run(ctx, { id, date: given }) {
    const deadline = await loadReadable(ctx, id)
    const now = ctx.now().epochMilliseconds
    const date = given ?? (await dateOfNow(ctx.db, deadline, now))
    const night = await requireNight(ctx, deadline, date)
    const [stored] = (await readNights(ctx.db, id, date)).filter((n) => n.date === date)
    const extended = (await readExtensions(ctx.db, id)).get(date) ?? null
    const forecast = await forecastNight(night, { extended, bands: true })
    const due = stored?.due ?? forecast.due ?? night.to
    const culprit = culpritOf(night, forecast)
    const row = await readDeadlineRow(ctx, id)
    const extension = await extensionOf(ctx, id, date)
    const job = (place: number) => ({ id: night.jobs[place]?.id ?? '', name: night.jobs[place]?.name ?? '' })
    return {
      deadline: showDeadlineRow(row),
      date,
      now: ctx.now(),
      words: wordsOf(night, forecast, stored ?? null, due, culprit && job(culprit.place), now),
      zone: night.dating.zone,
      beginsAt: instantAt(night.from),
      originalDueAt: extended === null ? null : originalDue(deadline, date),
      extension,
      dayClass: classesOf(night.dates)(date)[0] ?? 'any',
      counts: countsOf(night, forecast),
      forecast: showForecast(forecast, due),
      culprit: culprit && {
        job: job(culprit.place),
        why: culprit.why,
        oddsIfDone: culprit.oddsIfDone,
        rerunFrom: instantAt(culprit.rerunFrom),
        rerunBy: culprit.rerunBy === null ? null : instantAt(culprit.rerunBy),
      },
      ...chainOf(night, forecast),
      edges: edgesOf(night.jobs, night.definitions),
      findings: [
        ...incidentFindings(night.incidents, night.jobs),
        ...(now < night.to && forecast.doneAt === null ? await hostAlerts(ctx.db, night, now) : []),
        ...findingsOf(night, forecast.predicted),
        ...surprisesOf(night),
      ],
      hurt: {
        consequence: deadline.consequence,
        audience: deadline.audience,
        cost: deadline.cost,
        service: row.service_id ? { id: row.service_id, name: row.service_name ?? '' } : null,
        units: row.service_id
          ? (await unitsHit(ctx.db, row.service_id)).map((unit) => ({ id: unit.id, name: unit.name }))
          : [],
      },
      alert: await alertOf(ctx, id, date),
    }
  },
})

const originalDue = (deadline: Deadline, date: string) => {
  const at = dueOn(date, deadline)
  return at === null ? null : instantAt(at)
}

/** What is stored of a night that goes on; else what would be. */
const wordsOf = (
  night: NightInput,
  f: Forecast,
  stored: NightRow | null,
  due: number,
  culprit: { id: string; name: string } | null,
  now: number,
) => {
  const { end, blocked } = f.outlook
  const seen = { now, due, endedAt: f.doneAt, blocked, miss: oddsKnown(f) }
  const isAhead = night.from > now
  const state: NightState = isAhead
    ? 'planned'
    : (stored?.state ?? nextState(null, seen, false, night.deadline.oddsLimit))
  return {
    date: night.date,
    state,
    since: instantAt(stored?.since ?? night.from),
    dueAt: instantAt(due),
    odds: oddsKnown(f),
    endsAt: end === null ? null : instantAt(end),
    doneAt: f.doneAt === null ? null : instantAt(f.doneAt),
    slackMs: end === null ? null : Math.round(due - end),
    culprit,
    predictedAt: instantAt(now),
  }
}

const countsOf = ({ jobs, models }: NightInput, { predicted }: Forecast) => {
  const real = jobs.flatMap((job, i) =>
    job.waits.isBox ? [] : [{ kind: predicted.phases[i]?.kind, model: models[i] }],
  )
  const of = (...kinds: string[]) => real.filter(({ kind }) => kinds.includes(kind ?? '')).length
  return {
    jobs: real.length,
    done: of('done'),
    running: of('running'),
    failed: of('failed', 'retry', 'mending'),
    waits: of('waiting'),
    withoutStatistics: real.filter(({ model }) => model?.basis === 'none').length,
  }
}

type Extension = { dueAt: Instant; reason: string; by: string; at: Instant }

const extensionOf = async (ctx: ReadContext, id: string, date: string): Promise<Extension | null> => {
  const { rows } = await sql<Extension>`
    select due_at as "dueAt", reason, by_name as by, at from chain_extensions
    where deadline_id = ${id} and business_date = ${date}::date`.execute(ctx.db)
  return rows[0] ?? null
}

const alertOf = async (ctx: ReadContext, id: string, date: string) => {
  const alert = (await openAlertsOf(ctx.db, id)).find((a) => a.date === date)
  if (!alert) return null
  const { ticketId, number, state } = alert
  const ticket = ticketId && number ? { id: ticketId, number, state: state ?? '' } : null
  return { id: alert.id, status: alert.status, acknowledgedBy: alert.acknowledgedBy, ticket }
}
