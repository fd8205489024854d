import { sql } from 'kysely'
import { extendDeadlineInput, ofNightInput } from '../../../contract/chains/deadline.ts'
import { actorRow } from '../../platform/access.ts'
import { isBefore, plusSeconds } from '../../platform/clock.ts'
import type { Context } from '../../platform/context.ts'
import { conflict, invalid } from '../../platform/errors.ts'
import { verb } from '../../platform/verb.ts'
import { boundsOf, datingOf, dueOn } from './business-date.ts'
import { datesOf } from './dates.ts'
import { loadDeadlines } from './deadline-rows.ts'
import { deadlineExtended, extensionTakenBack } from './events.ts'
import { aboutDeadline, lockDeadline } from './guard.ts'
import { predictSoon } from './predict-due.ts'
import { showDeadline } from './show.ts'

const DAY = 86_400
const MOST_LATER = 14 * DAY

const isSettled = async (ctx: Context, id: string, date: string): Promise<boolean> => {
  const { rows } = await sql<{ settled: boolean }>`
    select settled from chain_nights where deadline_id = ${id} and business_date = ${date}::date`.execute(ctx.db)
  return rows[0]?.settled ?? false
}

const dueBefore = async (ctx: Context, id: string, date: string): Promise<number | null> => {
  const { rows } = await sql<{ at: number }>`
    select (extract(epoch from due_at) * 1000)::int8 as at from chain_extensions
    where deadline_id = ${id} and business_date = ${date}::date`.execute(ctx.db)
  return rows[0]?.at ?? null
}

/** Another time for one business date. What is told of it follows from the next prediction, at once. */
export const extendDeadline = verb('deadline.extend', {
  permission: 'chain.write',
  input: extendDeadlineInput,
  async run(ctx, { id, date, dueAt, reason }) {
    const row = await lockDeadline(ctx, id, 'extend')
    const [deadline] = await loadDeadlines(ctx.db, [id])
    if (!deadline) return ctx.unchanged(await showDeadline(ctx, id))
    if (!(await datesOf(ctx.db, deadline)).on(date))
      throw invalid('date', `${row.name} does not hold on ${date}; choose a date on which it does.`)
    if (await isSettled(ctx, id, date)) throw conflict(`${row.name} of ${date} is over; there is nothing to move.`)
    const { from, to } = boundsOf(date, datingOf(deadline))
    const planned = dueOn(date, deadline)
    const before = (await dueBefore(ctx, id, date)) ?? planned
    if (dueAt.epochMilliseconds <= from) throw invalid('dueAt', `must be after the beginning of ${date}.`)
    const latest = Temporal.Instant.fromEpochMilliseconds(planned ?? to)
    if (isBefore(plusSeconds(latest, MOST_LATER), dueAt))
      throw invalid('dueAt', 'must be within 14 days; choose an earlier time.')
    await ctx.db
      .insertInto('chain_extensions')
      .values({
        deadline_id: id,
        business_date: date,
        due_at: dueAt,
        reason,
        by_name: actorRow(ctx.actor).name,
        at: ctx.now(),
      })
      .onConflict((on) =>
        on.columns(['deadline_id', 'business_date']).doUpdateSet((eb) => ({
          due_at: eb.ref('excluded.due_at'),
          reason: eb.ref('excluded.reason'),
          by_name: eb.ref('excluded.by_name'),
          at: eb.ref('excluded.at'),
        })),
      )
      .execute()
    ctx.record(deadlineExtended, {
      ...aboutDeadline({ id, jobId: row.job_id, serviceId: row.service_id }),
      team: row.team_id,
      data: {
        name: row.name,
        date,
        reason,
        before: before === null ? '' : Temporal.Instant.fromEpochMilliseconds(before).toString(),
        after: dueAt.toString(),
      },
    })
    predictSoon(ctx, id)
    return showDeadline(ctx, id)
  },
})

/** On that date it is as it always is. */
export const takeBackExtension = verb('deadline.take_back_extension', {
  permission: 'chain.write',
  input: ofNightInput,
  async run(ctx, { id, date }) {
    const row = await lockDeadline(ctx, id)
    const before = await dueBefore(ctx, id, date)
    if (before === null) return ctx.unchanged(await showDeadline(ctx, id))
    if (await isSettled(ctx, id, date)) throw conflict(`${row.name} of ${date} is over; there is nothing to move.`)
    await sql`delete from chain_extensions where deadline_id = ${id} and business_date = ${date}::date`.execute(ctx.db)
    ctx.record(extensionTakenBack, {
      ...aboutDeadline({ id, jobId: row.job_id, serviceId: row.service_id }),
      team: row.team_id,
      data: { name: row.name, date, before: Temporal.Instant.fromEpochMilliseconds(before).toString() },
    })
    predictSoon(ctx, id)
    return showDeadline(ctx, id)
  },
})
