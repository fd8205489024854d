import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import { ref } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { userNames } from '../identity/index.ts'
import { pageExhausted, pageRenewed } from './events.ts'
import { briefOf, type PageRow, place, policyOf } from './page-record.ts'
import { isAfter, nextStep } from './steps.ts'
import { takeStep } from './take-step.ts'

const position = z.object({ round: z.number(), step: z.number() })

/**
 * The next step of a page whose delay is over, or its end when the policy has run out. Does nothing when somebody
 * acknowledged meanwhile, or when this step was taken already.
 */
export const advancePage = verb('page.advance', {
  permission: 'system',
  input: z.object({
    pageId: z.string(),
    to: position.nullable(),
    reached: z.boolean().default(true),
    because: z.string().optional(),
  }),
  async run(ctx, { pageId, to, reached, because }) {
    const page = await ctx.db
      .selectFrom('pages')
      .selectAll()
      .where('id', '=', pageId)
      .where('state', '=', 'paging')
      .forUpdate()
      .executeTakeFirst()
    if (!page) return ctx.unchanged(undefined)
    if (!to) {
      await ctx.db.updateTable('pages').set({ state: 'exhausted' }).where('id', '=', page.id).execute()
      ctx.record(pageExhausted, { ...place(page), data: { title: briefOf(page).title, policy: policyOf(page).name } })
      return
    }
    if (!isAfter({ round: page.round, step: page.step }, to)) return ctx.unchanged(undefined)
    await ctx.db.updateTable('pages').set({ round: to.round, step: to.step }).where('id', '=', page.id).execute()
    await takeStep(ctx, page, to, because ?? (reached ? await whyNow(ctx.db, page) : 'The step before reached nobody.'))
  },
})

// "Priya N. was paged 5 min ago and did not acknowledge."
const whyNow = async (db: Parameters<typeof userNames>[0], page: PageRow): Promise<string> => {
  const rows = await db
    .selectFrom('page_targets')
    .select(['user_id'])
    .where('page_id', '=', page.id)
    .where('round', '=', page.round)
    .where('step', '=', page.step)
    .where('user_id', 'is not', null)
    .execute()
  const names = await userNames(
    db,
    rows.flatMap((r) => (r.user_id ? [r.user_id] : [])),
  )
  const minutes = nextStep(policyOf(page), { round: page.round, step: page.step })?.afterMinutes ?? 0
  if (names.size === 0) return ''
  return `${[...names.values()].join(' and ')} did not acknowledge within ${minutes} min.`
}

/** An acknowledged page that is not done when its time is over starts again: whoever had it may have fallen asleep. */
export const renewPage = verb('page.renew', {
  permission: 'system',
  input: z.object({ pageId: z.string() }),
  async run(ctx, { pageId }) {
    const page = await ctx.db
      .selectFrom('pages')
      .selectAll()
      .where('id', '=', pageId)
      .where('state', '=', 'acknowledged')
      .forUpdate()
      .executeTakeFirst()
    if (!page) return ctx.unchanged(undefined)
    const names = page.acknowledged_by ? await userNames(ctx.db, [page.acknowledged_by]) : new Map<string, string>()
    const person = [...names.values()][0] ?? 'Somebody'
    const minutes = policyOf(page).ackTimeoutMinutes ?? 0
    await startAgain(ctx, page, `${person} acknowledged ${minutes} min ago, and it is not solved.`)
  },
})

/** From the first step, as a further round; `why` is what each one who is turned to reads. */
export const startAgain = async (ctx: Context, page: PageRow, why: string): Promise<void> => {
  const round = page.round + 1
  const again = await ctx.db
    .updateTable('pages')
    .set({ state: 'paging', round, step: 0, acknowledged_at: null, acknowledged_by: null })
    .where('id', '=', page.id)
    .returningAll()
    .executeTakeFirstOrThrow()
  ctx.record(pageRenewed, {
    ...place(page, page.acknowledged_by ? [ref('user', page.acknowledged_by)] : []),
    data: { why, title: briefOf(page).title },
  })
  await takeStep(ctx, again, { round, step: 0 }, why)
}
