import { z } from 'zod'
import type { ReadContext } from '../../platform/context.ts'
import { AppError } from '../../platform/errors.ts'
import { ref } from '../../platform/events.ts'
import { query } from '../../platform/query.ts'
import { userNames } from '../identity/index.ts'
import { deliveriesOf } from '../notify/index.ts'
import { briefOf, dueKey, type PageRow, policyOf } from './page-record.ts'
import { nextStep } from './steps.ts'
import { findTargets } from './targets.ts'

type Reading = Pick<ReadContext, 'db' | 'now'>

/** All pages about a subject, newest first, with everybody they turned to and every delivery. */
export const pagesOf = async (ctx: Reading, subject: string) => {
  const rows = await ctx.db
    .selectFrom('pages')
    .selectAll()
    .where('subject', '=', subject)
    .orderBy('started_at', 'desc')
    .limit(20)
    .execute()
  const views = []
  for (const row of rows) views.push(await pageView(ctx, row))
  return views
}

export const listPages = query('page.list', {
  permission: 'page.read',
  input: z.object({ subject: z.string().max(200) }),
  async run(ctx, { subject }) {
    if (ctx.scope.rows === 'ids' && !ctx.scope.ids.includes(subject))
      throw new AppError('not_found', 'There is no such page for you.')
    return { items: await pagesOf(ctx, subject) }
  },
})

export const showPage = query('page.get', {
  permission: 'page.read',
  input: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    if (ctx.scope.rows === 'ids' && !ctx.scope.ids.includes(ref('page', id)))
      throw new AppError('not_found', 'There is no such page for you.')
    const row = await ctx.db.selectFrom('pages').selectAll().where('id', '=', id).executeTakeFirst()
    if (!row) throw new AppError('not_found', 'There is no such page.')
    return pageView(ctx, row)
  },
})

/** What follows if nobody acknowledges, and whom it would turn to at that time as things are now. */
const nextOf = async (ctx: Reading, row: PageRow) => {
  if (row.state !== 'paging') return null
  const due = await ctx.db.selectFrom('due').select('at').where('key', '=', dueKey(row.id)).executeTakeFirst()
  if (!due) return null
  const next = nextStep(policyOf(row), { round: row.round, step: row.step })
  const step = next && policyOf(row).steps[next.step]
  const found = step ? await findTargets({ db: ctx.db, now: () => due.at }, step.targets) : []
  const people = found.flatMap(({ userId, name }) => (userId === null ? [] : [{ id: userId, name }]))
  return { at: due.at, people, over: next === null }
}

const pageView = async (ctx: Reading, row: PageRow) => {
  const { db } = ctx
  const targets = await db
    .selectFrom('page_targets')
    .selectAll()
    .where('page_id', '=', row.id)
    .orderBy('at')
    .orderBy('id')
    .execute()
  const deliveries = await deliveriesOf(db, ref('page', row.id))
  const people = [row.acknowledged_by, ...targets.map((t) => t.user_id)].filter((u): u is string => u !== null)
  const names = await userNames(db, [...new Set(people)])
  const named = (u: string | null) => (u ? { id: u, name: names.get(u) ?? '' } : null)
  const brief = briefOf(row)
  return {
    id: row.id,
    subject: row.subject,
    state: row.state as 'paging',
    urgency: row.urgency as 'high',
    policy: policyOf(row).name,
    title: brief.title,
    lines: brief.lines,
    facts: brief.facts ?? [],
    priority: brief.priority ?? null,
    startedAt: row.started_at,
    acknowledgedAt: row.acknowledged_at,
    acknowledgedBy: named(row.acknowledged_by),
    next: await nextOf(ctx, row),
    targets: targets.map((t) => ({
      user: named(t.user_id),
      step: t.step + 1,
      round: t.round + 1,
      at: t.at,
      why: (t.why as { text: string }).text,
      deliveries: deliveries
        .filter((d) => d.class === 'page' && d.user?.id === t.user_id && d.createdAt.equals(t.at))
        .map((d) => ({
          id: d.id,
          channel: d.channel,
          address: d.address,
          state: d.state,
          dueAt: d.dueAt,
          sentAt: d.sentAt,
          attempts: d.attempts.length,
          mayRepeat: d.mayRepeat,
          lastError: d.lastError,
          bundled: d.bundleId !== null,
        })),
    })),
  }
}
