import { sql } from 'kysely'
import { z } from 'zod'
import { contactsOf, deliveriesInput, methodRef } from '../../../contract/notify/index.ts'
import type { ReadContext } from '../../platform/context.ts'
import { readCursor, toPage } from '../../platform/db/keyset.ts'
import type { Db } from '../../platform/db/pool.ts'
import { AppError } from '../../platform/errors.ts'
import { query } from '../../platform/query.ts'
import { channelForms } from './channels.ts'
import type { DeliveryRow } from './compose.ts'
import { rulesOf } from './stored.ts'
import { methodView } from './views.ts'

/** One's own; a lead sees those of his teams, an administrator all. */
export const listContacts = query('contact.list', {
  permission: 'contact.read',
  input: contactsOf,
  async run(ctx, input) {
    const userId = input.userId ?? ctx.scope.userId
    if (!userId || !(await mayRead(ctx, userId)))
      throw new AppError('not_found', 'There is no such person, or you may not see how he is reached.')
    const rows = await ctx.db
      .selectFrom('contact_methods as m')
      .leftJoin('contact_verifications as v', 'v.method_id', 'm.id')
      .selectAll('m')
      .select('v.nonce')
      .where('m.user_id', '=', userId)
      .orderBy('m.created_at')
      .execute()
    return { methods: rows.map((r) => methodView(r, r.nonce !== null)), rules: await rulesOf(ctx.db, userId) }
  },
})

const mayRead = async (ctx: ReadContext, userId: string): Promise<boolean> => {
  const { scope } = ctx
  if (scope.rows === 'all' || userId === scope.userId) return true
  if (scope.rows !== 'team' || scope.teamIds.length === 0) return false
  const member = await ctx.db
    .selectFrom('team_members')
    .select('user_id')
    .where('user_id', '=', userId)
    .where('team_id', 'in', scope.teamIds)
    .limit(1)
    .executeTakeFirst()
  return member !== undefined
}

export const listChannels = query('channel.list', {
  permission: 'me.read',
  input: z.object({}),
  async run(ctx) {
    return { items: channelForms(ctx.scope) }
  },
})

export const listDeliveries = query('delivery.list', {
  permission: 'delivery.read',
  input: deliveriesInput,
  async run(ctx, input) {
    const after = input.cursor ? readCursor(input.cursor, z.tuple([z.iso.datetime(), z.uuid()])) : null
    let wanted = ctx.db
      .selectFrom('deliveries')
      .selectAll()
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .limit(input.limit + 1)
    if (input.subject) wanted = wanted.where('subject', '=', input.subject)
    if (input.trouble) wanted = wanted.where('state', 'in', ['queued', 'sending']).where('attempts', '>', 0)
    if (after) wanted = wanted.where(sql<boolean>`(created_at, id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`)
    const page = toPage(await wanted.execute(), input.limit, (r) => [r.created_at, r.id])
    return { next: page.next, items: await withAttempts(ctx.db, page.items) }
  },
})

export const showDelivery = query('delivery.get', {
  permission: 'delivery.read',
  input: methodRef,
  async run(ctx, { id }) {
    const rows = await ctx.db.selectFrom('deliveries').selectAll().where('id', '=', id).execute()
    const [found] = await withAttempts(ctx.db, rows)
    if (!found) throw new AppError('not_found', 'There is no such delivery.')
    return found
  },
})

/** All messages about something, oldest first, with every attempt. */
export const deliveriesOf = async (db: Db, subject: string) =>
  withAttempts(
    db,
    await db
      .selectFrom('deliveries')
      .selectAll()
      .where('subject', '=', subject)
      .orderBy('created_at')
      .orderBy('due_at')
      .limit(500)
      .execute(),
  )

const withAttempts = async (db: Db, rows: DeliveryRow[]) => {
  if (rows.length === 0) return []
  const attempts = await db
    .selectFrom('delivery_attempts')
    .selectAll()
    .where(
      'delivery_id',
      'in',
      rows.map((r) => r.id),
    )
    .orderBy('number')
    .execute()
  const users = await db
    .selectFrom('users')
    .select(['id', 'name'])
    .where(
      'id',
      'in',
      rows.flatMap((r) => (r.user_id ? [r.user_id] : [])).concat('00000000-0000-0000-0000-000000000000'),
    )
    .execute()
  return rows.map((r) => ({
    id: r.id,
    class: r.class as 'page',
    user: users.find((u) => u.id === r.user_id) ?? null,
    channel: r.channel,
    address: r.address,
    title: (r.message as { title: string }).title,
    subject: r.subject,
    reason: r.reason,
    state: r.state as 'queued',
    mayRepeat: r.may_repeat,
    bundleId: r.bundle_id,
    createdAt: r.created_at,
    dueAt: r.due_at,
    sentAt: r.sent_at,
    receipt: r.receipt,
    lastError: r.last_error,
    attempts: attempts
      .filter((a) => a.delivery_id === r.id)
      .map((a) => ({
        number: a.number,
        startedAt: a.started_at,
        finishedAt: a.finished_at,
        outcome: a.outcome as 'sent' | null,
        detail: a.detail,
      })),
  }))
}
