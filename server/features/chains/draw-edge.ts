import type { z } from 'zod'
import { drawEdgeInput, edgeIdInput } from '../../../contract/chains/graph.ts'
import type { jobOutcome, Within } from '../../../contract/jobs/waits.ts'
import { actorRow } from '../../platform/access.ts'
import type { Context } from '../../platform/context.ts'
import { conflict, invalid, notFound } from '../../platform/errors.ts'
import { ref } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { verb } from '../../platform/verb.ts'
import { requireCovered } from '../monitors/index.ts'
import { edgeDrawn, edgeRemoved } from './events.ts'
import { requireJob } from './guard.ts'

/**
 * One job waits for another, as a person knows and no scheduler says. It is the team of the job that waits that says so.
 * It stands beside what imports say, and stays when they come again.
 */
export const drawEdge = verb('chain.draw_edge', {
  permission: 'chain.write',
  input: drawEdgeInput,
  async run(ctx, { fromJobId, toJobId, is, within, reason }) {
    if (fromJobId === toJobId) throw invalid('toJobId', 'a job cannot wait for itself; choose another.')
    const from = await requireJob(ctx, fromJobId, 'fromJobId')
    const to = await requireJob(ctx, toJobId, 'toJobId')
    await requireCovered(ctx, to.name, to.team_id)
    const id = newId()
    const by = actorRow(ctx.actor).name
    const { numInsertedOrUpdatedRows } = await ctx.db
      .insertInto('chain_edges')
      .values({
        id,
        from_job_id: fromJobId,
        to_job_id: toJobId,
        outcome: is,
        reach: JSON.stringify(within),
        reason,
        by_name: by,
        at: ctx.now(),
      })
      .onConflict((on) => on.columns(['from_job_id', 'to_job_id']).doNothing())
      .executeTakeFirst()
    if (!numInsertedOrUpdatedRows)
      throw conflict(`${to.name} waits for ${from.name} already. Take that edge away first to draw it otherwise.`)
    ctx.record(edgeDrawn, {
      subject: ref('job', toJobId),
      about: [ref('job', fromJobId)],
      team: to.team_id,
      data: { from: from.name, to: to.name, reason },
    })
    return {
      id,
      from: { id: from.id, name: from.name },
      to: { id: to.id, name: to.name },
      is,
      within,
      reason,
      by,
      at: ctx.now(),
    }
  },
})

export const removeEdge = verb('chain.remove_edge', {
  permission: 'chain.write',
  input: edgeIdInput,
  async run(ctx, { id }) {
    const row = await ctx.db
      .selectFrom('chain_edges as e')
      .innerJoin('jobs as f', 'f.id', 'e.from_job_id')
      .innerJoin('jobs as t', 't.id', 'e.to_job_id')
      .select(['e.from_job_id', 'e.to_job_id', 'f.name as from_name', 't.name as to_name', 't.team_id', 'e.reason'])
      .where('e.id', '=', id)
      .executeTakeFirst()
    if (!row) throw notFound('The edge')
    await requireCovered(ctx, row.to_name, row.team_id)
    await ctx.db.deleteFrom('chain_edges').where('id', '=', id).execute()
    ctx.record(edgeRemoved, {
      subject: ref('job', row.to_job_id),
      about: [ref('job', row.from_job_id)],
      team: row.team_id,
      data: { from: row.from_name, to: row.to_name, reason: row.reason },
    })
    return { ok: true as const }
  },
})

/** Edges that people have drawn. */
export type DrawnEdge = {
  id: string
  from: string
  to: string
  is: z.output<typeof jobOutcome>
  within: Within
}

export const readEdges = async (db: Context['db']): Promise<DrawnEdge[]> => {
  const rows = await db
    .selectFrom('chain_edges')
    .select(['id', 'from_job_id as from', 'to_job_id as to', 'outcome as is', 'reach as within'])
    .orderBy('id')
    .execute()
  return rows as unknown as DrawnEdge[]
}
