import { type ExpressionBuilder, sql } from 'kysely'
import { z } from 'zod'
import { countTicketsInput } from '../../../contract/desk/index.ts'
import { userOf } from '../../platform/access.ts'
import type { ReadContext } from '../../platform/context.ts'
import type { DB } from '../../platform/db/schema.gen.ts'
import { query } from '../../platform/query.ts'
import { filtered, readBefore } from './filtered.ts'
import { escalatedToMine, helpedBy, inView, notSnoozed, ofMyTeams } from './list.ts'
import { visible } from './ticket.ts'

type Builder = ExpressionBuilder<DB, 'tickets'>

/** Nobody needs to know how many more than a thousand. */
const CAP = 1_001

type Which = (eb: Builder) => ReturnType<Builder['and']>

const count = (ctx: ReadContext, which: Which): Promise<number> =>
  capped(ctx, (eb) => eb.and([sql<boolean>`tickets.open`, notSnoozed(ctx), which(eb)]))

const capped = async (ctx: ReadContext, which: Which): Promise<number> => {
  const some = ctx.db.selectFrom('tickets').select(sql`1`.as('one')).where(visible(ctx.scope)).where(which).limit(CAP)
  const { n } = await ctx.db.selectFrom(some.as('some')).select(sql<number>`count(*)`.as('n')).executeTakeFirstOrThrow()
  return n
}

const countSnoozed = async (ctx: ReadContext, userId: string): Promise<number> => {
  const { n } = await ctx.db
    .selectFrom('snoozes as z')
    .innerJoin('tickets as t', 't.id', 'z.ticket_id')
    .select(sql<number>`count(*)`.as('n'))
    .where('z.user_id', '=', userId)
    .where('z.until', '>', ctx.now())
    .where(sql<boolean>`t.open`)
    .executeTakeFirstOrThrow()
  return Math.min(n, CAP)
}

/** How many tickets are open, for the side bar; each is cut at 1,001. */
export const countTickets = query('ticket.counts', {
  permission: 'ticket.read',
  input: z.object({}),
  async run(ctx) {
    const userId = userOf(ctx.actor)
    return {
      mine: userId ? await count(ctx, (eb) => eb.and([eb('tickets.assignee_id', '=', userId)])) : 0,
      helping: userId ? await count(ctx, (eb) => eb.and([helpedBy(eb, userId)])) : 0,
      myTeams: userId ? await count(ctx, (eb) => eb.and([ofMyTeams(userId)])) : 0,
      escalated: userId ? await count(ctx, (eb) => eb.and([escalatedToMine(userId)])) : 0,
      snoozed: userId ? await countSnoozed(ctx, userId) : 0,
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
  async run(ctx, input) {
    const units = await readBefore(ctx, input)
    return { count: await capped(ctx, (eb) => eb.and([inView(ctx, input)(eb), filtered(ctx, input, units)(eb)])) }
  },
})
