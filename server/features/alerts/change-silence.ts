import { canSilence } from '../../../contract/alerts/can.ts'
import { changeSilenceInput, silenceIdInput } from '../../../contract/alerts/silence.ts'
import { conflict } from '../../platform/errors.ts'
import { ref } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { checkEnd } from './create-silence.ts'
import { silenceChanged } from './events.ts'
import { storedMatchers } from './holds.ts'
import { matchersInWords } from './matchers.ts'
import { lockSilence, showSilence } from './silence-rows.ts'
import { dueAtTurn, endIt } from './silence-turn.ts'
import { sweep } from './sweep.ts'

/** Changes when a silence ends, or its reason. What it covers stays: for that, make another. */
export const changeSilence = verb('silence.change', {
  permission: 'silence.write',
  input: changeSilenceInput,
  async run(ctx, { id, ...given }) {
    const row = await lockSilence(ctx, id)
    const refusal = canSilence.change({ ended: row.ended_at !== null })
    if (refusal) throw conflict(refusal)
    const endsAt = given.endsAt ?? row.ends_at
    const reason = given.reason ?? row.reason
    if (endsAt.equals(row.ends_at) && reason === row.reason) return ctx.unchanged(await showSilence(ctx.db, id))
    checkEnd(row.starts_at, endsAt, ctx.now())
    await ctx.db
      .updateTable('silences')
      .set((eb) => ({ ends_at: endsAt, reason, version: eb('version', '+', 1) }))
      .where('id', '=', id)
      .execute()
    ctx.record(silenceChanged, {
      subject: ref('silence', id),
      team: row.team_id,
      data: { what: matchersInWords(storedMatchers(row.matchers) ?? []), reason, until: endsAt.toString() },
    })
    if (Temporal.Instant.compare(row.starts_at, ctx.now()) <= 0) dueAtTurn(ctx, id, endsAt)
    await sweep(ctx, { kind: 'silence', id, mode: 'release', after: null })
    return showSilence(ctx.db, id)
  },
})

/** Ends a silence now: what it held back and still fires is told. */
export const endSilence = verb('silence.end', {
  permission: 'silence.write',
  input: silenceIdInput,
  async run(ctx, { id }) {
    const row = await lockSilence(ctx, id)
    const refusal = canSilence.end({ ended: row.ended_at !== null })
    if (refusal) throw conflict(refusal)
    await endIt(ctx, row, 'hand')
    return showSilence(ctx.db, id)
  },
})
