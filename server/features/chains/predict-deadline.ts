import { sql } from 'kysely'
import { z } from 'zod'
import type { NightState } from '../../../contract/chains/words.ts'
import type { Context } from '../../platform/context.ts'
import { effect } from '../../platform/effect.ts'
import { observedSpans, sightsOf } from '../jobs/index.ts'
import { boundsOf, businessDateOf, datingOf, dueOn, plusDays } from './business-date.ts'
import { type Culprit, culpritOf } from './culprit.ts'
import { datesOf } from './dates.ts'
import { type Deadline, loadDeadlines } from './deadline-rows.ts'
import { readDefinitions } from './definitions.ts'
import { type Forecast, forecastNight } from './forecast.ts'
import { GIVEN_UP_MS, liveDates } from './live-dates.ts'
import { oddsKnown } from './night-figures.ts'
import { type NightInput, readNight } from './night-input.ts'
import { type NightRow, readExtensions, readNights, writeForecast, writeNight } from './night-row.ts'
import { nextState } from './night-state.ts'
import { isUnobserved } from './observed.ts'
import { nextPrediction, PREDICT } from './predict-due.ts'
import { recordRuns } from './record-runs.ts'
import { tellTurn } from './tell-turn.ts'

const MINUTE = 60_000
/** While nothing of a chain runs, it is looked at so often, or when its next job is to start. */
const QUIET_MS = 15 * MINUTE
/** And so often where nothing is expected: what is changed elsewhere, such as a calendar, may change that. */
const IDLE_MS = 60 * MINUTE
const FORECAST_EACH_MS = 5 * MINUTE
const BACK_DAYS = 18

type Item = { night: NightInput; extended: number | null; stored: NightRow | null; toldUntil: number | null }
type Work = {
  deadline: Deadline
  now: number
  items: Item[]
  gone: NightRow[]
  extensions: ReadonlyMap<string, number>
  recorded: () => void
  spans: Spans
  crowd: number
}
type Spans = Awaited<ReturnType<typeof observedSpans>>
type Result = { item: Item; forecast: Forecast; culprit: Culprit | null }

/**
 * Predicts a deadline on each of its dates that goes on: what is read is read in one transaction, the draws are made without
 * one, and what follows is written and told in another. It plans its next turn.
 */
export const predictDeadline = effect(PREDICT.name, {
  input: z.object({ id: z.uuid() }),
  async begin(ctx, { id }): Promise<Work | null> {
    const [deadline] = await loadDeadlines(ctx.db, [id])
    if (!deadline) return null
    const now = ctx.now().epochMilliseconds
    const stored = await readNights(ctx.db, id, plusDays(businessDateOf(now, datingOf(deadline)), -BACK_DAYS))
    const definitions = await readDefinitions(ctx.db)
    const recorded = deadline.jobId ? await recordRuns(ctx.db, definitions, deadline.jobId) : () => {}
    const dates = liveDates(deadline, await datesOf(ctx.db, deadline), stored, now)
    const extensions = await readExtensions(ctx.db, id)
    const items: Item[] = []
    for (const date of dates) {
      const night = await readNight(ctx.db, deadline, date, now, { definitions, recorded: true })
      if (!night) continue
      const sights = await sightsOf(
        ctx.db,
        night.jobs.map((j) => j.id),
      )
      const toldUntil = sights.size > 0 ? Math.min(...[...sights.values()].map((s) => s.to)) : null
      const before = stored.find((n) => n.date === date) ?? null
      items.push({ night, extended: extensions.get(date) ?? null, stored: before, toldUntil })
    }
    const here = new Set(items.map(({ night }) => night.date))
    const gone = stored.filter((n) => !n.settled && !here.has(n.date))
    const earliest = Math.min(now, ...items.map((item) => earliestDue(deadline, item) - 2 * MINUTE))
    const [spans, crowd] = [await observedSpans(ctx.db, earliest), await openNights(ctx)]
    return { deadline, now, items, gone, extensions, recorded, spans, crowd }
  },
  async perform({ items }, { signal }): Promise<Result[]> {
    const results: Result[] = []
    for (const item of items) {
      const forecast = await forecastNight(item.night, { extended: item.extended, signal })
      results.push({ item, forecast, culprit: culpritOf(item.night, forecast) })
    }
    return results
  },
  async settle(ctx, work, results) {
    const { deadline } = work
    // Two that predict the same wait for each other here; whoever is later has seen more, or finds that it has not.
    const { rows } = await sql<{ version: number }>`
      select version from chain_deadlines where id = ${deadline.id} for no key update`.execute(ctx.db)
    const [row] = rows
    if (!row) return
    work.recorded()
    // What was held, changed or moved meanwhile is not told by what it was before.
    if (row.version !== deadline.version || !isSame(work.extensions, await readExtensions(ctx.db, deadline.id)))
      return ctx.due(nextPrediction(deadline.id, ctx.now()))
    for (const row of work.gone) await settleGone(ctx, deadline, row)
    for (const result of results) await settleNight(ctx, work, result)
    ctx.due(nextPrediction(deadline.id, Temporal.Instant.fromEpochMilliseconds(Math.round(nextLook(work, results)))))
  },
})

const isSame = (a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): boolean =>
  a.size === b.size && [...a].every(([date, at]) => b.get(date) === at)

/** Of one that counts from the start of its chain not before its date. */
const earliestDue = (deadline: Deadline, { night, extended, stored }: Item): number =>
  Math.min(
    dueOn(night.date, deadline) ?? night.from,
    extended ?? Number.POSITIVE_INFINITY,
    stored?.due ?? Number.POSITIVE_INFINITY,
  )

/** Its job was deleted, or the date is none of its any more. */
const settleGone = async (ctx: Context, deadline: Deadline, row: NightRow): Promise<void> => {
  if (row.told) await tellTurn(ctx, deadline, null, { before: row, after: { ...row, state: 'unknown' }, gone: true })
  await writeNight(ctx.db, deadline.id, { ...row, settled: true, told: false })
}

const settleNight = async (ctx: Context, work: Work, { item, forecast, culprit }: Result): Promise<void> => {
  const { deadline, now, spans } = work
  const { night } = item
  const stored = (await readNights(ctx.db, deadline.id, night.date)).find((n) => n.date === night.date) ?? null
  if (stored && ((stored.settled && stored.doneAt !== null) || stored.predictedAt > now)) return
  if (forecast.absent || neverBegan(night, now)) {
    if (stored && !stored.settled) await settleGone(ctx, deadline, stored)
    return
  }
  const { due } = forecast
  if (due === null) return
  // What was due before the deadline was made is none of its.
  if (!stored && due < deadline.createdAt) return
  const odds = oddsKnown(forecast)
  const { end, blocked } = forecast.outlook
  const standing = { now, due, endedAt: forecast.doneAt, blocked, miss: odds }
  const unobserved = isUnobserved(night, due, now, { spans, toldUntil: item.toldUntil })
  const state = nextState(stored?.state ?? null, standing, unobserved, deadline.oddsLimit)
  const next: NightRow = {
    date: night.date,
    due,
    state,
    since: stored?.state === state ? stored.since : now,
    settled: forecast.doneAt !== null || isGivenUp(night, due, now),
    told: stored?.told ?? false,
    odds,
    endsAt: end,
    doneAt: forecast.doneAt,
    slackMs: end === null ? null : due - end,
    culpritId: (culprit && night.jobs[culprit.place]?.id) ?? null,
    predictedAt: now,
  }
  const told = await tellTurn(ctx, deadline, { night, forecast, culprit }, { before: stored, after: next, gone: false })
  await writeNight(ctx.db, deadline.id, { ...next, told: next.settled ? false : told })
  if (isWorthRecord(stored, state, now)) {
    await writeForecast(ctx.db, deadline.id, next, forecast.outlook.odds)
  }
}

const isGivenUp = (night: NightInput, due: number, now: number): boolean => now > Math.max(night.to, due + GIVEN_UP_MS)

/** It counts from the start of its chain, and nothing of that began on its date: it was due at no time. */
const neverBegan = ({ deadline, state, begunAt, date, to }: NightInput, now: number): boolean =>
  deadline.due.kind === 'in' &&
  now > to + GIVEN_UP_MS &&
  begunAt === null &&
  !state.nodes.some(({ runs }) => runs.some((run) => run.date === date))

const isWorthRecord = (stored: NightRow | null, state: NightState, now: number): boolean =>
  stored?.state !== state || Math.floor(stored.predictedAt / FORECAST_EACH_MS) !== Math.floor(now / FORECAST_EACH_MS)

const openNights = async ({ db }: Context): Promise<number> => {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from chain_nights where not settled`.execute(db)
  return rows[0]?.n ?? 0
}

/** So many chains can be looked at in each minute; with more, those that are safe have to wait for their turn. */
const EACH_MINUTE = 200
const MOST_TURNS = 10
const SAFE_ODDS = 0.02

const turnOf = ({ now, crowd }: Work, { outlook, due }: Forecast): number => {
  const isSafe = due !== null && due - now > 2 * QUIET_MS && (outlook.odds.miss ?? 1) < SAFE_ODDS
  return now + MINUTE * (isSafe ? Math.min(MOST_TURNS, Math.ceil(crowd / EACH_MINUTE)) : 1)
}

/** While something runs, the next minute; else when its next job is to start, it passes, a hold ends, or a new date begins. */
const nextLook = (work: Work, results: readonly Result[]): number => {
  const { deadline, now, spans } = work
  const dating = datingOf(deadline)
  const { heldUntil } = deadline
  const held = heldUntil && heldUntil.epochMilliseconds > now ? [heldUntil.epochMilliseconds] : []
  const { to } = boundsOf(businessDateOf(now, dating), dating)
  const times = results.flatMap(({ item: { night, toldUntil }, forecast }): number[] => {
    if (forecast.absent) return [now + QUIET_MS]
    if (forecast.doneAt !== null) return []
    const { phases, times: own } = forecast.predicted
    const due = forecast.due ?? night.to
    const runs = phases.some((phase, i) => isUnderWay(phase.kind) && !night.jobs[i]?.waits.isBox)
    const isNear = now < due && due - now < QUIET_MS
    const isAway = isUnobserved(night, due, now, { spans, toldUntil })
    // That it is late is seen when it is, not at the next look that happens to be.
    const passes = now <= due ? [due + 1_000] : []
    if (runs || isNear || isAway) return [turnOf(work, forecast), ...passes]
    const starts = phases.flatMap((phase, i) => {
      const begin = own.begin[i] as number
      return phase.kind === 'waiting' && begin > now ? [begin] : []
    })
    return [Math.min(now + QUIET_MS, ...passes, ...starts.map((start) => Math.max(now + MINUTE, start)))]
  })
  return Math.max(now + 1_000, Math.min(to, now + IDLE_MS, ...held, ...times))
}

const isUnderWay = (kind: string): boolean => kind === 'running' || kind === 'retry' || kind === 'mending'
