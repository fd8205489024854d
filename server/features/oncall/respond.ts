import { z } from 'zod'
import { type Context, requireUser } from '../../platform/context.ts'
import { AppError } from '../../platform/errors.ts'
import { ref } from '../../platform/events.ts'
import { useLink } from '../../platform/signed-link.ts'
import { verb } from '../../platform/verb.ts'
import { findUser } from '../identity/index.ts'
import { stopTelling } from '../notify/index.ts'
import { acknowledged } from './acknowledge.ts'
import { pagePassed } from './events.ts'
import { briefOf, dueKey, type PageRow, place, policyOf } from './page-record.ts'
import { nextStep } from './steps.ts'

type Answer = { result: 'acknowledged' | 'already' | 'passed' | 'over'; by: string | null; at: Temporal.Instant | null }

/**
 * "I have it", or "pass to the next person". By a signed-in person or by the signed link of a page, which names page
 * and person. Whoever is first has it; whoever comes later is told who was.
 */
export const respondToPage = verb('page.respond', {
  permission: 'page.respond',
  input: z.object({ pageId: z.uuid(), answer: z.enum(['acknowledge', 'pass']).default('acknowledge') }),
  async run(ctx, { pageId, answer }): Promise<Answer> {
    const userId = requireUser(ctx)
    const page = await ctx.db.selectFrom('pages').selectAll().where('id', '=', pageId).forUpdate().executeTakeFirst()
    if (!page || !(await mayAnswer(ctx, page, userId)))
      throw new AppError('not_found', 'There is no such page for you.')
    if (ctx.actor.kind === 'link') await useLink(ctx, ctx.actor.id)
    if (page.state === 'done') return ctx.unchanged({ result: 'over', by: null, at: page.done_at })
    if (page.state === 'acknowledged') return ctx.unchanged(await already(ctx, page))
    return answer === 'pass' ? pass(ctx, page, userId) : acknowledge(ctx, page, userId)
  },
})

const mayAnswer = async (ctx: Context, page: PageRow, userId: string): Promise<boolean> => {
  const { scope } = ctx
  if (scope.rows === 'all') return true
  if (scope.rows === 'ids') return scope.ids.includes(ref('page', page.id))
  if (scope.rows === 'team' && page.team_id && scope.teamIds.includes(page.team_id)) return true
  const target = await ctx.db
    .selectFrom('page_targets')
    .select('id')
    .where('page_id', '=', page.id)
    .where('user_id', '=', userId)
    .limit(1)
    .executeTakeFirst()
  return target !== undefined
}

const nameOf = async (ctx: Context, userId: string) => (await findUser(ctx.db, userId))?.name ?? 'Somebody'

const already = async (ctx: Context, page: PageRow): Promise<Answer> => ({
  result: 'already',
  by: page.acknowledged_by ? await nameOf(ctx, page.acknowledged_by) : null,
  at: page.acknowledged_at,
})

const acknowledge = async (ctx: Context, page: PageRow, userId: string): Promise<Answer> => {
  const name = await nameOf(ctx, userId)
  await acknowledged(ctx, page, { userId, name, via: 'page' })
  return { result: 'acknowledged', by: name, at: ctx.now() }
}

const pass = async (ctx: Context, page: PageRow, userId: string): Promise<Answer> => {
  const person = await nameOf(ctx, userId)
  const next = nextStep(policyOf(page), { round: page.round, step: page.step })
  if (!next || page.state === 'exhausted')
    throw new AppError('conflict', 'There is no next person in this policy. Acknowledge it, or call somebody.')
  await stopTelling(ctx, ref('page', page.id), { userId })
  ctx.due({
    key: dueKey(page.id),
    at: ctx.now(),
    run: { name: 'page.advance' },
    input: { pageId: page.id, to: { round: next.round, step: next.step } },
    subject: ref('page', page.id),
    priority: 0,
  })
  ctx.record(pagePassed, { ...place(page, [ref('user', userId)]), data: { person, title: briefOf(page).title } })
  return { result: 'passed', by: person, at: ctx.now() }
}
