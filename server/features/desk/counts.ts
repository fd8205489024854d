import { type ExpressionBuilder, sql } from 'kysely'
import { z } from 'zod'
import { countTicketsInput } from '../../../contract/desk/index.ts'
import { userOf } from '../../platform/access.ts'
import type { ReadContext } from '../../platform/context.ts'
import type { DB } from '../../platform/db/schema.gen.ts'
import { query } from '../../platform/query.ts'
import { escalatedToMine, filtered, inView, ofMyTeams } from './list.ts'
import { visible } from './ticket.ts'

type Builder = ExpressionBuilder<DB, 'tickets'>

/** Nobody needs to know how many more than a thousand. */
const CAP = 1_001

type Which = (eb: Builder) => ReturnType<Builder['and']>

const count = (ctx: ReadContext, which: Which): Promise<number> =>
  capped(ctx, (eb) => eb.and([sql<boolean>`tickets.open`, which(eb)]))

const capped = async (ctx: ReadContext, which: Which): Promise<number> => {
  const some = ctx.db.selectFrom('tickets').select(sql`1`.as('one')).where(visible(ctx.scope)).where(which).limit(CAP)
  const { n } = await ctx.db.selectFrom(some.as('some')).select(sql<number>`count(*)`.as('n')).executeTakeFirstOrThrow()
  return n
}

/** How many tickets are open, for the side bar; each is cut at 1,001. */
export const countTickets = query('ticket.counts', {
  permission: 'ticket.read',
  input: z.object({}),
  async run(ctx) {
    const userId = userOf(ctx.actor)
    return {
      mine: userId ? await count(ctx, (eb) => eb.and([eb('tickets.assignee_id', '=', userId)])) : 0,
      myTeams: userId ? await count(ctx, (eb) => eb.and([ofMyTeams(userId)])) : 0,
      escalated: userId ? await count(ctx, (eb) => eb.and([escalatedToMine(userId)])) : 0,
      unassigned: await count(ctx, (eb) => eb.and([eb('tickets.assignee_id', 'is', null)])),
      urgent: await count(ctx, (eb) => eb.and([eb('tickets.priority', '<=', 2)])),
      open: await count(ctx, (eb) => eb.and([])),
    }
  },
})

/** How many tickets a filter finds, cut at 1,001: for the saved views. */
export const countOf = query('ticket.count', {
  permission: 'ticket.read',
  input: countTicketsInput,
  run: async (ctx, input) => ({
    count: await capped(ctx, (eb) => eb.and([inView(ctx, input)(eb), filtered(input)(eb)])),
  }),
})
