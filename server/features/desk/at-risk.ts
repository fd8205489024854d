import { sql } from 'kysely'
import { z } from 'zod'
import { query } from '../../platform/query.ts'
import { selectRows, showRow } from './rows.ts'
import { visible } from './ticket.ts'

const AHEAD = { hours: 4 }
const MOST = 20

/** Open tickets whose next clock runs out within four hours and has not yet, soonest first. */
export const ticketsAtRisk = query('ticket.at_risk', {
  permission: 'ticket.read',
  input: z.object({}),
  async run(ctx) {
    const now = ctx.now()
    const rows = await selectRows(ctx)
      .where(visible(ctx.scope))
      .where(sql<boolean>`tickets.open`)
      .where('tickets.due_at', '>', now)
      .where('tickets.due_at', '<=', now.add(AHEAD))
      .orderBy('tickets.due_at')
      .orderBy('tickets.id')
      .limit(MOST)
      .execute()
    return { items: rows.map((t) => showRow(t, ctx.scope.internal)) }
  },
})
