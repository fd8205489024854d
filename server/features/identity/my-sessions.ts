import { z } from 'zod'
import { endSessionInput } from '../../../contract/identity/me.ts'
import { type ReadContext, requireUser } from '../../platform/context.ts'
import { notFound } from '../../platform/errors.ts'
import { ref } from '../../platform/events.ts'
import { query } from '../../platform/query.ts'
import { verb } from '../../platform/verb.ts'
import { sessionsRevoked } from './events.ts'

const sessionOf = ({ actor }: Pick<ReadContext, 'actor'>) => (actor.kind === 'user' ? actor.session : undefined)

/** Where somebody is signed in: this browser first, then what was used last. */
export const listSessions = query('me.sessions', {
  permission: 'me.read',
  input: z.object({}),
  async run(ctx) {
    const rows = await ctx.db
      .selectFrom('sessions')
      .select(['id', 'ip_address', 'user_agent', 'created_at', 'updated_at', 'expires_at'])
      .where('user_id', '=', ctx.scope.userId ?? requireUser(ctx))
      .where('expires_at', '>', ctx.now())
      .orderBy('updated_at', 'desc')
      .limit(200)
      .execute()
    const items = rows.map((r) => ({
      id: r.id,
      address: r.ip_address ?? '',
      browser: (r.user_agent ?? '').slice(0, 300),
      startedAt: r.created_at,
      usedAt: r.updated_at,
      endsAt: r.expires_at,
      current: r.id === sessionOf(ctx),
    }))
    return { items: items.toSorted((a, b) => Number(b.current) - Number(a.current)) }
  },
})

/** Ends one of one's own sessions, or all but the one that asks: the browser there has to sign in again. */
export const endSession = verb('session.revoke', {
  permission: 'me.write',
  input: endSessionInput,
  async run(ctx, { id }) {
    const self = ctx.scope.userId ?? requireUser(ctx)
    const mine = ctx.db.deleteFrom('sessions').where('user_id', '=', self)
    const some =
      id === 'others' ? mine.where('id', 'is distinct from', sessionOf(ctx) ?? null) : mine.where('id', '=', id)
    const ended = await some.returning(['ip_address', 'user_agent']).execute()
    if (ended.length === 0 && id !== 'others') throw notFound('This session')
    for (const one of ended)
      ctx.record(sessionsRevoked, {
        subject: ref('user', self),
        data: { address: one.ip_address ?? '', browser: (one.user_agent ?? '').slice(0, 200) },
      })
    return { ended: ended.length }
  },
})
