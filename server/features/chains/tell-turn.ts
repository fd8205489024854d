import type { Environment } from '../../../contract/base.ts'
import type { NightState } from '../../../contract/chains/words.ts'
import { isBefore } from '../../platform/clock.ts'
import type { Context } from '../../platform/context.ts'
import { findService, unitsHit } from '../catalog/index.ts'
import { blockedWords } from './blocked-words.ts'
import type { Culprit } from './culprit.ts'
import type { Deadline } from './deadline-rows.ts'
import { deadlineBetter, deadlineUnobserved, deadlineWorse } from './events.ts'
import type { Forecast } from './forecast.ts'
import { aboutDeadline } from './guard.ts'
import { instantAt } from './night-figures.ts'
import type { NightInput } from './night-input.ts'
import type { NightRow } from './night-row.ts'
import { isTold, isWorse } from './night-state.ts'
import { summaryOf } from './night-words.ts'
import { openAlertsOf, type Telling, tell } from './tell.ts'

export type Turn = {
  before: NightRow | null
  after: NightRow
  /** Its job was deleted, or the date is none of its any more. */
  gone: boolean
}

type Known = { night: NightInput; forecast: Forecast; culprit: Culprit | null }

/**
 * Raises, renews or ends the alert of a night as its state changes, and records what people should know. Answers whether an
 * alert stands. While alarms are held nothing is raised, and what stands ends all the same.
 */
export const tellTurn = async (
  ctx: Context,
  deadline: Deadline,
  known: Known | null,
  { before, after, gone }: Turn,
): Promise<boolean> => {
  const was = before?.told ?? false
  const isHeld = deadline.heldUntil !== null && isBefore(ctx.now(), deadline.heldUntil)
  const wants = !gone && !after.settled && isTold(after.state, deadline.tellFrom) && !isHeld
  const turned = before?.state !== after.state
  const firing = wants && (!was || (turned && isWorse(after.state, before?.state ?? 'on_time')))
  const ends = was && !wants
  const moved = turned && isNews(before?.state ?? null, after.state)
  if (!firing && !ends && !moved) return was && wants
  const telling = await tellingOf(ctx, deadline, known, after)
  const summary = gone
    ? `${deadline.name} of ${after.date} is not waited for any more`
    : summaryOf(telling, ctx.now().epochMilliseconds)
  const tickets = was ? (await openAlertsOf(ctx.db, deadline.id)).filter((a) => a.date === after.date) : []
  if (firing) await tell(ctx, telling, true)
  if (ends) await tell(ctx, telling, false)
  if (moved || ends) {
    const type =
      after.state === 'unknown' ? deadlineUnobserved : wants || isBad(after.state) ? deadlineWorse : deadlineBetter
    ctx.record(type, {
      ...aboutDeadline(
        deadline,
        tickets.map((a) => a.ticketId),
      ),
      team: deadline.teamId,
      data: { name: deadline.name, date: after.date, state: after.state, before: before?.state ?? '', summary },
    })
  }
  return wants
}

const bad: readonly NightState[] = ['late', 'blocked', 'predicted_late', 'at_risk']
const isBad = (state: NightState): boolean => bad.includes(state)

/** That a night goes as it should is no news; that it goes as it should again is. */
const isNews = (before: NightState | null, after: NightState): boolean =>
  isBad(after) || after === 'unknown' || after === 'done_late' || (before !== null && isBad(before))

const tellingOf = async (
  ctx: Context,
  deadline: Deadline,
  known: Known | null,
  { date, due, state, odds, endsAt, doneAt }: NightRow,
): Promise<Telling> => {
  const service = deadline.serviceId ? await findService(ctx.db, deadline.serviceId) : null
  const { night, forecast, culprit } = known ?? {}
  const target = night?.jobs[night.target]
  const job = night && culprit ? night.jobs[culprit.place] : undefined
  const band = forecast?.outlook.odds
  const blocked = forecast?.outlook.blocked
  return {
    deadlineId: deadline.id,
    name: deadline.name,
    zone: deadline.due.zone,
    date,
    state,
    due,
    odds,
    endsAt: endsAt === null ? null : Math.round(endsAt),
    doneAt,
    band:
      band && doneAt === null && band.p10 !== null && band.p90 !== null
        ? { p10: Math.round(band.p10), p90: Math.round(band.p90) }
        : null,
    culprit:
      job && culprit
        ? {
            name: job.name,
            why: culprit.why,
            rerunBy:
              culprit.rerunBy === null
                ? null
                : instantAt(culprit.rerunBy).toZonedDateTimeISO(deadline.due.zone).toPlainTime().toString().slice(0, 5),
          }
        : null,
    blocked: blocked && night ? blockedWords(blocked.why, night.jobs[blocked.by]?.name ?? '') : null,
    environment: (target?.environment ?? 'prod') as Environment,
    service: service?.slug ?? null,
    teamId: deadline.teamId,
    consequence: deadline.consequence,
    audience: deadline.audience,
    cost: deadline.cost,
    units: deadline.serviceId ? (await unitsHit(ctx.db, deadline.serviceId)).map((unit) => unit.name) : [],
  }
}
