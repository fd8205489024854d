import { sql } from 'kysely'
import { z } from 'zod'
import { type Disturbance, disturbanceInput } from '../../../../contract/desk/index.ts'
import { userOf } from '../../../platform/access.ts'
import type { ReadContext } from '../../../platform/context.ts'
import { notFound } from '../../../platform/errors.ts'
import { query } from '../../../platform/query.ts'
import { attachmentsOf } from '../attachments/rows.ts'
import { named } from '../ticket.ts'
import { findDisturbance, hurtingMe, isAffected, isKnown, knownNow } from './known.ts'

/** What is known to be disturbed, and what I said hurts me; the longest first. */
export const listDisturbances = query('disturbance.list', {
  permission: 'service.read',
  input: z.object({}),
  async run(ctx) {
    // Services are everybody's to see.
    void ctx.scope
    const mine = await hurtingMe(ctx)
    const all = [...mine, ...(await knownNow(ctx)).filter((d) => !mine.some(({ id }) => id === d.id))]
    return { items: all.sort((a, b) => compare(a, b)), next: null }
  },
})

const compare = (a: Disturbance, b: Disturbance) =>
  Temporal.Instant.compare(String(a.since), String(b.since)) || (a.id < b.id ? -1 : 1)

const MOST_WORDS = 50

/** One that hurts me, with what the desk has told of it since I said so; for anybody else only while it is known. */
export const readDisturbance = query('disturbance.get', {
  permission: 'service.read',
  input: disturbanceInput,
  async run(ctx, { id }) {
    void ctx.scope
    const userId = userOf(ctx.actor)
    const found = await findDisturbance(ctx, (eb) =>
      eb.and([named(id)(eb), userId ? eb.or([isKnown(eb), isAffected(userId)(eb)]) : isKnown(eb)]),
    )
    if (!found) throw notFound(`The disturbance ${id}`)
    const { row, shown } = found
    if (!row.affected) return { ...shown, words: [], resolution: null }
    return { ...shown, words: await wordsFor(ctx, row.id, userId ?? ''), resolution: row.resolution }
  },
})

const wordsFor = async (ctx: ReadContext, ticketId: string, userId: string) => {
  const rows = await ctx.db
    .selectFrom('messages')
    .selectAll('messages')
    .where('ticket_id', '=', ticketId)
    .where(saidToAffected(userId))
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(MOST_WORDS)
    .execute()
  const files = await attachmentsOf({ ...ctx, scope: { ...ctx.scope, internal: false } }, ticketId)
  return rows.toReversed().map((m) => ({
    id: m.id,
    author: m.author_name,
    body: m.body,
    at: m.at,
    attachments: files.filter((f) => f.messageId === m.id).map((f) => f.view),
  }))
}

/**
 * Public words of those who work at the desk, since this person said that it hurts. What the requester wrote is between
 * him and the desk.
 */
export const saidToAffected = (userId: string) =>
  sql<boolean>`messages.kind = 'public'
    and exists (select from affected_people a where a.ticket_id = messages.ticket_id and a.user_id = ${userId}::uuid and a.at <= messages.at)
    and (messages.author_kind <> 'user' or exists (
      select from users u where u.id::text = messages.author_id and (u.role in ('responder', 'lead', 'admin')
        or exists (select from team_members t where t.user_id = u.id))))`
