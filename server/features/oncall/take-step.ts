import { plusMinutes } from '../../platform/clock.ts'
import type { Context } from '../../platform/context.ts'
import { ref } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { tellUser } from '../notify/index.ts'
import { pageNobody, pageStep } from './events.ts'
import { briefOf, dueKey, type PageRow, place, policyOf } from './page-record.ts'
import { nextStep, type Position, waitAfter } from './steps.ts'
import { type Found, findTargets } from './targets.ts'

const LINK_HOURS = 24

/**
 * Turns to the people of one step, once each, and leaves the next step due. A step that reaches nobody does not wait:
 * the next one follows at once. `before` says why it came to this step.
 */
export const takeStep = async (ctx: Context, page: PageRow, at: Position, before: string): Promise<void> => {
  const step = policyOf(page).steps[at.step]
  const found = step ? await findTargets(ctx, step.targets) : []
  let reached = 0
  for (const f of found) if (await turnTo(ctx, page, at, f, before)) reached++
  leaveNext(ctx, page, at, reached > 0)
}

const leaveNext = (ctx: Context, page: PageRow, at: Position, reached: boolean) => {
  const next = nextStep(policyOf(page), at)
  ctx.due({
    key: dueKey(page.id),
    at: plusMinutes(ctx.now(), waitAfter(policyOf(page), at, reached)),
    run: { name: 'page.advance' },
    input: { pageId: page.id, to: next ? { round: next.round, step: next.step } : null, reached },
    subject: ref('page', page.id),
    priority: 0,
  })
}

/** Records whom a step turned to and tells him. False when nobody was reached by it. */
const turnTo = async (ctx: Context, page: PageRow, at: Position, found: Found, before: string): Promise<boolean> => {
  const { title } = briefOf(page)
  const why = [before, found.why].filter(Boolean).join(' ')
  if (found.userId === null) {
    await keep(ctx, page, at, null, why)
    ctx.record(pageNobody, { ...place(page), data: { step: at.step + 1, why, title } })
    return false
  }
  // The unique key makes sure that nobody is turned to twice for the same step.
  if (!(await keep(ctx, page, at, found.userId, why))) return true
  const told = await tell(ctx, page, found.userId, why)
  if (told.nobody) {
    ctx.record(pageNobody, {
      ...place(page, [ref('user', found.userId)]),
      data: { step: at.step + 1, why: `${why} ${told.nobody}`, title },
    })
    return false
  }
  ctx.record(pageStep, {
    ...place(page, [ref('user', found.userId)]),
    data: { userId: found.userId, person: found.name, step: at.step + 1, round: at.round + 1, why, title },
  })
  return true
}

const keep = async (
  ctx: Context,
  page: PageRow,
  at: Position,
  userId: string | null,
  why: string,
): Promise<boolean> => {
  const { numInsertedOrUpdatedRows } = await ctx.db
    .insertInto('page_targets')
    .values({
      id: newId(),
      page_id: page.id,
      round: at.round,
      step: at.step,
      user_id: userId,
      at: ctx.now(),
      why: JSON.stringify({ text: why }),
    })
    .onConflict((c) => c.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

const tell = (ctx: Context, page: PageRow, userId: string, why: string) => {
  const { links, lines, ...brief } = briefOf(page)
  return tellUser(ctx, {
    userId,
    class: 'page',
    urgency: page.urgency as 'high' | 'low',
    message: { ...brief, lines: [...lines, `Why you, why now: ${why}`], links: links ?? [] },
    subject: ref('page', page.id),
    about: [page.subject],
    reason: why,
    act: {
      label: 'Open and acknowledge',
      run: { name: 'page.respond' },
      input: { pageId: page.id },
      readable: [ref('page', page.id), page.subject],
      expiresAt: ctx.now().add({ hours: LINK_HOURS }),
    },
  })
}
