import { canAlert } from '../../../contract/alerts/can.ts'
import { createSilenceInput, type Matcher, silenceAlertInput } from '../../../contract/alerts/silence.ts'
import { actorRow } from '../../platform/access.ts'
import { type Instant, isBefore, plusMinutes } from '../../platform/clock.ts'
import type { Context } from '../../platform/context.ts'
import { conflict, invalid, notFound } from '../../platform/errors.ts'
import { ref } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { verb } from '../../platform/verb.ts'
import { stateOf } from './alert-guard.ts'
import { alertRef, asAlert } from './alert-rows.ts'
import { silenceCreated } from './events.ts'
import { requireCovered, teamToSilence } from './guard.ts'
import { matchersInWords } from './matchers.ts'
import { showSilence } from './silence-rows.ts'
import { dueAtTurn } from './silence-turn.ts'
import { findSource } from './source-rows.ts'
import { sweep } from './sweep.ts'

const LONGEST_DAYS = 90

/** Refuses an end that is over, or so far away that nobody will remember it. */
export const checkEnd = (startsAt: Instant, endsAt: Instant, now: Instant): void => {
  if (!isBefore(now, endsAt)) throw invalid('endsAt', 'is over already; choose a later time.')
  if (!isBefore(startsAt, endsAt)) throw invalid('endsAt', 'must be after the start.')
  if (isBefore(plusMinutes(startsAt, LONGEST_DAYS * 1440), endsAt))
    throw invalid(
      'endsAt',
      `must be at most ${LONGEST_DAYS} days after the start; renew the silence then if it is still wanted.`,
    )
}

type Making = {
  matchers: Matcher[]
  startsAt: Instant
  endsAt: Instant
  reason: string
  teamId: string | null
  about: string[]
}

const make = async (ctx: Context, s: Making): Promise<string> => {
  checkEnd(s.startsAt, s.endsAt, ctx.now())
  const id = newId()
  await ctx.db
    .insertInto('silences')
    .values({
      id,
      matchers: JSON.stringify(s.matchers),
      starts_at: s.startsAt,
      ends_at: s.endsAt,
      reason: s.reason,
      created_by: JSON.stringify(actorRow(ctx.actor)),
      team_id: s.teamId,
      created_at: ctx.now(),
    })
    .execute()
  ctx.record(silenceCreated, {
    subject: ref('silence', id),
    about: s.about,
    team: s.teamId,
    data: { what: matchersInWords(s.matchers), reason: s.reason, until: s.endsAt.toString() },
  })
  const begun = !isBefore(ctx.now(), s.startsAt)
  dueAtTurn(ctx, id, begun ? s.endsAt : s.startsAt)
  if (begun) await sweep(ctx, { kind: 'silence', id, mode: 'hold', after: null })
  return id
}

/** Holds alerts back that its matchers cover, until a time. What fires already and was told is held back from now on. */
export const createSilence = verb('silence.create', {
  permission: 'silence.write',
  input: createSilenceInput,
  async run(ctx, { teamId: given, startsAt, ...input }) {
    const teamId = await teamToSilence(ctx, given)
    const start = startsAt && isBefore(ctx.now(), startsAt) ? startsAt : ctx.now()
    const id = await make(ctx, { ...input, teamId, startsAt: start, about: [] })
    return showSilence(ctx.db, id)
  },
})

/** Holds one alert back, and whatever its source reports under the same key, until a time. */
export const silenceAlert = verb('silence.of_alert', {
  permission: 'silence.write',
  input: silenceAlertInput,
  async run(ctx, { id: alertId, endsAt, reason }) {
    const row = await ctx.db.selectFrom('alerts').selectAll().where('id', '=', alertId).executeTakeFirst()
    const source = row ? await findSource(ctx.db, row.source_id) : null
    if (!row || !source) throw notFound('The alert')
    requireCovered(ctx, 'This alert', row.team_id)
    const alert = asAlert(row)
    const refusal = canAlert.silence(stateOf(alert, source.kind))
    if (refusal) throw conflict(refusal)
    const matchers: Matcher[] = [
      { field: 'source', op: 'is', value: source.slug },
      { field: 'key', op: 'is', value: alert.dedup_key },
    ]
    const id = await make(ctx, {
      matchers,
      startsAt: ctx.now(),
      endsAt,
      reason,
      teamId: alert.team_id,
      about: [alertRef(alert)],
    })
    return showSilence(ctx.db, id)
  },
})
