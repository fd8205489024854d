import { z } from 'zod'
import { listActsInput, offersInput } from '../../../contract/acts/inputs.ts'
import type { ActName } from '../../../contract/acts/words.ts'
import type { ReadContext } from '../../platform/context.ts'
import { readCursor, toPage } from '../../platform/db/keyset.ts'
import { notFound } from '../../platform/errors.ts'
import { query } from '../../platform/query.ts'
import { deadlinesOn } from '../chains/index.ts'
import { underWayWords } from './act-on-job.ts'
import { showAct } from './act-rows.ts'
import { actionKinds } from './action-kinds.ts'
import { type ActionRow, isFor } from './action-rows.ts'
import { CannotFill, type Values } from './fill.ts'
import { type JobFacts, jobFacts, momentOf, valuesOf } from './job-facts.ts'

/** What may be done to a job through its scheduler: exactly what would be carried out, where, and what hangs on it. */
export const offersOf = query('job.offers', {
  permission: 'job.read',
  input: offersInput,
  async run(ctx, { id, businessDate }) {
    if (ctx.scope.rows !== 'all') throw notFound('The job')
    const job = await jobFacts(ctx, id)
    const moment = await momentOf(ctx, job, businessDate)
    const actions = await ctx.db
      .selectFrom('scheduler_actions')
      .selectAll()
      .where((eb) => eb.or([eb('team_id', 'is', null), eb('team_id', '=', job.teamId)]))
      .orderBy('name')
      .execute()
    const under = await underWayOf(ctx, job)
    const values = valuesOf(job, moment)
    const items = actions
      .filter((action) => isFor(action, job))
      .map((action) =>
        offerOf(action, values, job.archived ? `${job.name} is archived.` : (under.get(action.act) ?? null)),
      )
    const deadlines = items.length > 0 ? await deadlinesOn(ctx, id) : []
    return {
      job: { id, name: job.name },
      ...moment,
      items,
      deadlines: deadlines
        .filter(({ night }) => !night?.doneAt)
        .map(({ id, name, night }) => ({
          id,
          name,
          dueAt: night?.dueAt ?? null,
          state: night?.state ?? null,
          odds: night?.odds ?? null,
        })),
    }
  },
})

const underWayOf = async (ctx: ReadContext, job: JobFacts): Promise<Map<string, string>> => {
  const rows = await ctx.db
    .selectFrom('job_acts')
    .select(['act', 'by_name', 'asked_at'])
    .where('job_id', '=', job.id)
    .where('state', 'in', ['asked', 'doing'])
    .execute()
  return new Map(rows.map((row) => [row.act, underWayWords(row, job, ctx.now())]))
}

const offerOf = (action: ActionRow, values: Values, not: string | null) => {
  const one = { id: action.id, name: action.name, act: action.act as ActName, version: action.version }
  const kind = actionKinds.get(action.kind)
  if (!kind) return { ...one, words: null, where: '', not: `There is no kind ${action.kind} in this version.` }
  try {
    const { what, where } = kind.words(kind.prepare(action.config, values))
    return { ...one, words: what, where, not }
  } catch (error) {
    if (!(error instanceof CannotFill)) throw error
    return { ...one, words: null, where: '', not: error.message }
  }
}

const place = z.tuple([z.iso.datetime({ offset: true }), z.uuid()])

/** What was done to a job, newest first. */
export const listActs = query('job.acts', {
  permission: 'job.read',
  input: listActsInput,
  async run(ctx, { id, cursor, limit }) {
    if (ctx.scope.rows !== 'all') throw notFound('The job')
    await jobFacts(ctx, id)
    const after = cursor ? readCursor(cursor, place) : null
    const rows = await ctx.db
      .selectFrom('job_acts')
      .selectAll()
      .where('job_id', '=', id)
      .$if(after !== null, (q) =>
        q.where((eb) =>
          eb(eb.refTuple('asked_at', 'id'), '<', eb.tuple(Temporal.Instant.from(after?.[0] ?? ''), after?.[1] ?? '')),
        ),
      )
      .orderBy('asked_at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit + 1)
      .execute()
    const page = toPage(rows, limit, (r) => [r.asked_at.toString(), r.id])
    return { items: page.items.map(showAct), next: page.next }
  },
})
