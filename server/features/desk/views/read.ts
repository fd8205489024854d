import { z } from 'zod'
import { userOf } from '../../../platform/access.ts'
import { query } from '../../../platform/query.ts'
import { viewsOf } from './rows.ts'

/** My saved views, then those of my teams; a key has none. */
export const listViews = query('view.list', {
  permission: 'ticket.read',
  input: z.object({}),
  async run(ctx) {
    void ctx.scope
    const userId = userOf(ctx.actor)
    return { items: userId ? await viewsOf(ctx.db, userId) : [] }
  },
})
