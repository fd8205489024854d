import type { Instant } from '../../platform/clock.ts'
import { isBefore } from '../../platform/clock.ts'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { createLink } from '../../platform/signed-link.ts'
import { findUser } from '../identity/index.ts'
import { letGo } from './bundled.ts'
import type { Message } from './message.ts'
import { sendingOf } from './queue.ts'
import { type PlannedAttempt, planNotifications, type Urgency } from './rules.ts'
import { methodsOf, rulesOf } from './stored.ts'

export type Telling = {
  userId: string
  class: 'page' | 'conversation' | 'broadcast'
  urgency: Urgency
  message: Pick<Message, 'title' | 'lines' | 'facts' | 'priority' | 'thread'> & { links?: Message['links'] }
  /** Reference of what it is about, by which it is stopped again: `page:<id>`. */
  subject: string
  about: string[]
  /** Why this person is told. */
  reason: string
  /**
   * One act that can be done from the message, by a signed link. `links`: the pages that it opens, where it is not the
   * one that acknowledges; the token stands at the end of the path.
   */
  act?: {
    label: string
    links?: { label: string; path: string; query?: string; primary?: boolean }[]
    run: { name: string }
    input: unknown
    readable: string[]
    expiresAt: Instant
  }
}

export type Told = {
  deliveries: { id: string; methodId: string | null; channel: string; address: string; at: Instant }[]
  skipped: { methodId: string; reason: string }[]
  /** A sentence when this person cannot be reached at all. */
  nobody: string | null
}

/** Tells a person something, by that person's own rules; what is due later waits, and `stopTelling` takes it back. */
export const tellUser = async (ctx: Context, telling: Telling): Promise<Told> => {
  const user = await findUser(ctx.db, telling.userId)
  if (!user || user.disabled)
    return { deliveries: [], skipped: [], nobody: `${user?.name ?? 'The person'} has no active account.` }
  const methods = await methodsOf(ctx.db, user.id)
  const plan = planNotifications({
    person: { name: user.name, signInMail: user.email },
    rules: await rulesOf(ctx.db, user.id),
    methods,
    urgency: telling.urgency,
    now: ctx.now(),
  })
  const attempts = telling.class === 'page' ? plan.attempts : plan.attempts.slice(0, 1)
  const linkId = telling.act && attempts.length > 0 ? await createLink(ctx, { userId: user.id, ...telling.act }) : null
  const addresses = new Map(methods.map((m) => [m.id, m.address]))
  const rows = attempts.map((a) => ({
    id: newId(),
    attempt: a,
    address: (a.methodId && addresses.get(a.methodId)) || user.email,
  }))
  for (const row of rows) await queue(ctx, telling, { ...row, userId: user.id, linkId })
  return {
    deliveries: rows.map((r) => ({
      id: r.id,
      methodId: r.attempt.methodId,
      channel: r.attempt.channel,
      address: r.address,
      at: r.attempt.at,
    })),
    skipped: plan.skipped.map(({ methodId, reason }) => ({ methodId, reason })),
    nobody: plan.nobody,
  }
}

type Row = { id: string; attempt: PlannedAttempt; address: string; userId: string; linkId: string | null }

const queue = async (ctx: Context, telling: Telling, row: Row) => {
  const { attempt } = row
  await ctx.db
    .insertInto('deliveries')
    .values({
      id: row.id,
      class: telling.class,
      user_id: row.userId,
      method_id: attempt.methodId,
      channel: attempt.channel,
      address: row.address,
      message: JSON.stringify({
        ...telling.message,
        links: telling.message.links ?? [],
        actLabel: telling.act?.label ?? null,
        ...(telling.act?.links ? { actLinks: telling.act.links } : {}),
      }),
      subject: telling.subject,
      about: telling.about,
      reason: `${telling.reason} ${attempt.reason}`.trim(),
      link_id: row.linkId,
      state: isBefore(ctx.now(), attempt.at) ? 'waiting' : 'queued',
      created_at: ctx.now(),
      due_at: attempt.at,
    })
    .execute()
  ctx.due(sendingOf({ id: row.id, class: telling.class, at: attempt.at, userId: row.userId }))
}

/** Takes back what was not sent yet, of a subject, to everybody or to one person. Returns how much there was. */
export const stopTelling = async (ctx: Context, subject: string, only: { userId?: string } = {}): Promise<number> => {
  let update = ctx.db
    .updateTable('deliveries')
    .set((eb) => ({
      stopped: true,
      // One that is under way, by itself or with others, cannot be called back; its end is recorded and nothing follows.
      state: eb.case().when('state', 'in', ['sending', 'bundled']).then(eb.ref('state')).else('cancelled').end(),
      finished_at: ctx.now(),
    }))
    .where('subject', '=', subject)
    .where('state', 'in', ['waiting', 'queued', 'sending', 'bundled'])
  if (only.userId) update = update.where('user_id', '=', only.userId)
  const rows = await update.returning(['id', 'state']).execute()
  const cancelled = rows.filter((r) => r.state === 'cancelled')
  for (const r of cancelled) ctx.cancelDue(`delivery:${r.id}`)
  await letGo(
    ctx,
    cancelled.map((r) => r.id),
  )
  return cancelled.length
}
