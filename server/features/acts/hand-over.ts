import { z } from 'zod'
import { handOverInput, ofJobInput } from '../../../contract/acts/inputs.ts'
import { pageQuery } from '../../../contract/base.ts'
import { actorRow, userOf } from '../../platform/access.ts'
import type { ReadContext } from '../../platform/context.ts'
import { readCursor, toPage } from '../../platform/db/keyset.ts'
import { notFound } from '../../platform/errors.ts'
import { query } from '../../platform/query.ts'
import { verb } from '../../platform/verb.ts'
import { jobHandedOver, jobHandOverEnded } from './events.ts'
import { aboutJobAct, jobFacts } from './job-facts.ts'

const selectMarks = ({ db }: Pick<ReadContext, 'db'>) =>
  db
    .selectFrom('job_hand_overs as h')
    .innerJoin('jobs as j', 'j.id', 'h.job_id')
    .select(['h.job_id', 'j.name', 'h.note', 'h.by_name', 'h.at'])

const showMark = (r: Awaited<ReturnType<ReturnType<typeof selectMarks>['execute']>>[number]) => ({
  job: { id: r.job_id, name: r.name },
  note: r.note,
  by: r.by_name,
  at: r.at,
})

const markOf = async (ctx: Pick<ReadContext, 'db'>, id: string) => {
  const row = await selectMarks(ctx).where('h.job_id', '=', id).executeTakeFirst()
  return { mark: row ? showMark(row) : null }
}

/** Marks a job for the next shift. A mark that is there already is replaced by the new one. */
export const handOverJob = verb('job.hand_over', {
  permission: 'job.note',
  input: handOverInput,
  async run(ctx, { id, note }) {
    void ctx.scope
    const job = await jobFacts(ctx, id)
    const mark = { note, by_id: userOf(ctx.actor), by_name: actorRow(ctx.actor).name, at: ctx.now() }
    await ctx.db
      .insertInto('job_hand_overs')
      .values({ job_id: id, ...mark })
      .onConflict((on) => on.column('job_id').doUpdateSet(mark))
      .execute()
    ctx.record(jobHandedOver, {
      ...(await aboutJobAct(ctx, job)),
      team: job.teamId,
      data: { name: job.name, note },
    })
    return markOf(ctx, id)
  },
})

export const endHandOver = verb('job.end_hand_over', {
  permission: 'job.note',
  input: ofJobInput,
  async run(ctx, { id }) {
    void ctx.scope
    const job = await jobFacts(ctx, id)
    const { numDeletedRows } = await ctx.db.deleteFrom('job_hand_overs').where('job_id', '=', id).executeTakeFirst()
    if (numDeletedRows === 0n) return ctx.unchanged({ mark: null })
    ctx.record(jobHandOverEnded, { ...(await aboutJobAct(ctx, job)), team: job.teamId, data: { name: job.name } })
    return { mark: null }
  },
})

export const readHandOver = query('job.hand_over_mark', {
  permission: 'job.read',
  input: ofJobInput,
  async run(ctx, { id }) {
    if (ctx.scope.rows !== 'all') throw notFound('The job')
    return markOf(ctx, id)
  },
})

const place = z.tuple([z.iso.datetime({ offset: true }), z.uuid()])

/** All marks for the next shift, newest first. */
export const listHandOvers = query('job.hand_overs', {
  permission: 'job.read',
  input: pageQuery,
  async run(ctx, { cursor, limit }) {
    if (ctx.scope.rows !== 'all') return { items: [], next: null }
    const after = cursor ? readCursor(cursor, place) : null
    const rows = await selectMarks(ctx)
      .$if(after !== null, (q) =>
        q.where((eb) =>
          eb.or([
            eb('h.at', '<', Temporal.Instant.from(after?.[0] ?? '')),
            eb.and([eb('h.at', '=', Temporal.Instant.from(after?.[0] ?? '')), eb('h.job_id', '>', after?.[1] ?? '')]),
          ]),
        ),
      )
      .orderBy('h.at', 'desc')
      .orderBy('h.job_id')
      .limit(limit + 1)
      .execute()
    const page = toPage(rows, limit, (r) => [r.at.toString(), r.job_id])
    return { items: page.items.map(showMark), next: page.next }
  },
})
