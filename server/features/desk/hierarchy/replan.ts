import { z } from 'zod'
import type { Context } from '../../../platform/context.ts'
import { verb } from '../../../platform/verb.ts'
import { ticketRef } from '../ticket.ts'
import { planByEvent } from './clock.ts'

const BATCH = 500
const key = 'hierarchy:replan'

/** Other rules: every open ticket is looked at anew, some hundred at a time. */
export const replan = (ctx: Context, after?: string): void =>
  ctx.due({ key, at: ctx.now(), run: replanSome, input: after ? { after } : {}, priority: 2 })

export const replanSome = verb('hierarchy.replan', {
  permission: 'system',
  input: z.object({ after: z.uuid().optional() }),
  async run(ctx, { after }) {
    const rows = await ctx.db
      .selectFrom('tickets')
      .select('id')
      .where('open', '=', true)
      .$if(after !== undefined, (q) => q.where('id', '>', after ?? ''))
      .orderBy('id')
      .limit(BATCH)
      .execute()
    for (const t of rows)
      ctx.due({
        key: `ticket:${t.id}:plan_hierarchy`,
        at: ctx.now(),
        run: planByEvent,
        input: { subject: ticketRef(t) },
        subject: ticketRef(t),
        priority: 2,
      })
    const last = rows.at(-1)
    if (last && rows.length === BATCH) replan(ctx, last.id)
    return ctx.unchanged(null)
  },
})
