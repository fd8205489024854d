import { sql } from 'kysely'
import { z } from 'zod'
import { approvalIdInput, listApprovalsInput, peopleInput } from '../../../contract/requests/index.ts'
import { userOf } from '../../platform/access.ts'
import type { ReadContext } from '../../platform/context.ts'
import { readCursor, toPage } from '../../platform/db/keyset.ts'
import { AppError, notFound } from '../../platform/errors.ts'
import { ref } from '../../platform/events.ts'
import { query } from '../../platform/query.ts'
import { showApprovalOf, showApprovals } from './approval-view.ts'
import { peopleCalled } from './people.ts'

const me = (ctx: ReadContext): string => {
  const userId = userOf(ctx.actor)
  if (!userId) throw new AppError('forbidden', 'Only a person is asked to approve; sign in as one.')
  return userId
}

const place = z.tuple([z.iso.datetime({ offset: true }), z.uuid()])

/** What I am asked, newest first. Two accounts of the same thing: what waits for me, and what I was asked before. */
export const listApprovals = query('approval.list', {
  permission: 'approval.read',
  input: listApprovalsInput,
  async run(ctx, { view, cursor, limit }) {
    const after = cursor ? readCursor(cursor, place) : null
    const rows = await ctx.db
      .selectFrom('request_approvals')
      .selectAll()
      .where('user_id', '=', ctx.scope.userId ?? me(ctx))
      .where('state', view === 'asked' ? '=' : '<>', 'asked')
      .$if(after !== null, (q) =>
        q.where(sql<boolean>`(asked_at, id) < (${after?.[0]}::timestamptz, ${after?.[1]}::uuid)`),
      )
      .orderBy('asked_at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit + 1)
      .execute()
    const page = toPage(rows, limit, (r) => [r.asked_at, r.id])
    return { next: page.next, items: await showApprovals(ctx, page.items) }
  },
})

const MOST = 1_001

export const countApprovals = query('approval.count', {
  permission: 'approval.read',
  input: z.object({}),
  async run(ctx) {
    const rows = await ctx.db
      .selectFrom('request_approvals')
      .select('id')
      .where('user_id', '=', ctx.scope.userId ?? me(ctx))
      .where('state', '=', 'asked')
      .limit(MOST)
      .execute()
    return { asked: rows.length }
  },
})

/** One that this reader was asked for, or that his link names. Throws `not_found`. */
export const readApproval = query('approval.read', {
  permission: 'approval.read',
  input: approvalIdInput,
  async run(ctx, { id }) {
    await requireReader(ctx, id)
    return showApprovalOf(ctx, id)
  },
})

const requireReader = async (ctx: ReadContext, id: string) => {
  const { scope } = ctx
  const row = await ctx.db.selectFrom('request_approvals').select('user_id').where('id', '=', id).executeTakeFirst()
  const named = scope.rows !== 'ids' || scope.ids.includes(ref('approval', id))
  if (!row || !named || row.user_id === null || row.user_id !== userOf(ctx.actor)) throw notFound('The approval')
}

/** To whom it can be passed on, by a part of the name. */
export const findPeopleForApproval = query('approval.people', {
  permission: 'approval.read',
  input: peopleInput.extend({ id: z.uuid() }),
  async run(ctx, { id, search }) {
    await requireReader(ctx, id)
    return { items: await peopleCalled(ctx.db, search) }
  },
})
