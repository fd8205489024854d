import { z } from 'zod'
import type { Context, ReadContext } from '../../platform/context.ts'
import { requireUser } from '../../platform/context.ts'
import { randomToken, sha256 } from '../../platform/crypto.ts'
import { ref } from '../../platform/events.ts'
import { query } from '../../platform/query.ts'
import { verb } from '../../platform/verb.ts'
import { feedEnded, feedMade } from './events.ts'

const input = z.object({})

const show = async (ctx: Pick<ReadContext, 'db'>, userId: string) => {
  const row = await ctx.db
    .selectFrom('chain_feeds')
    .select('created_at')
    .where('user_id', '=', userId)
    .executeTakeFirst()
  return { since: row?.created_at ?? null }
}

export const readFeed = query('deadline.feed', {
  permission: 'chain.feed',
  input,
  async run(ctx) {
    // One’s own, whatever the scope.
    void ctx.scope
    return show(ctx, requireUser(ctx))
  },
})

/** An address for a calendar program, shown once. The one before ends: that is how a lost one is made worthless. */
export const makeFeed = verb('deadline.make_feed', {
  permission: 'chain.feed',
  input,
  async run(ctx) {
    void ctx.scope
    const userId = requireUser(ctx)
    const secret = randomToken(32)
    const values = { user_id: userId, hash: sha256(secret), created_at: ctx.now() }
    await ctx.db
      .insertInto('chain_feeds')
      .values(values)
      .onConflict((on) => on.column('user_id').doUpdateSet({ hash: values.hash, created_at: values.created_at }))
      .execute()
    ctx.record(feedMade, { subject: ref('user', userId), data: {} })
    const base = (ctx.config.BASE_URL ?? `http://localhost:${ctx.config.PORT}`).replace(/\/$/, '')
    return { url: `${base}/feeds/deadlines/${secret}.ics` }
  },
})

export const endFeed = verb('deadline.end_feed', {
  permission: 'chain.feed',
  input,
  async run(ctx: Context) {
    void ctx.scope
    const userId = requireUser(ctx)
    const { numDeletedRows } = await ctx.db.deleteFrom('chain_feeds').where('user_id', '=', userId).executeTakeFirst()
    if (numDeletedRows === 0n) return ctx.unchanged(await show(ctx, userId))
    ctx.record(feedEnded, { subject: ref('user', userId), data: {} })
    return show(ctx, userId)
  },
})
