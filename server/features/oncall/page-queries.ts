import { z } from 'zod'
import type { Db } from '../../platform/db/pool.ts'
import { AppError } from '../../platform/errors.ts'
import { ref } from '../../platform/events.ts'
import { query } from '../../platform/query.ts'
import { userNames } from '../identity/index.ts'
import { deliveriesOf } from '../notify/index.ts'
import { briefOf, dueKey, type PageRow, policyOf } from './page-record.ts'

/** All pages about a subject, newest first, with everybody they turned to and every delivery. */
export const pagesOf = async (db: Db, subject: string) => {
  const rows = await db
    .selectFrom('pages')
    .selectAll()
    .where('subject', '=', subject)
    .orderBy('started_at', 'desc')
    .limit(20)
    .execute()
  const views = []
  for (const row of rows) views.push(await pageView(db, row))
  return views
}

export const listPages = query('page.list', {
  permission: 'page.read',
  input: z.object({ subject: z.string().max(200) }),
  async run(ctx, { subject }) {
    if (ctx.scope.rows === 'ids' && !ctx.scope.ids.includes(subject))
      throw new AppError('not_found', 'There is no such page for you.')
    return { items: await pagesOf(ctx.db, subject) }
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
    return pageView(ctx.db, row)
  },
})

const pageView = async (db: Db, row: PageRow) => {
  const targets = await db
    .selectFrom('page_targets')
    .selectAll()
    .where('page_id', '=', row.id)
    .orderBy('at')
    .orderBy('id')
    .execute()
  const deliveries = await deliveriesOf(db, ref('page', row.id))
  const next = await db.selectFrom('due').select('at').where('key', '=', dueKey(row.id)).executeTakeFirst()
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
    nextStepAt: row.state === 'paging' ? (next?.at ?? null) : null,
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
