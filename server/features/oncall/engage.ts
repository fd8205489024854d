import type { Context } from '../../platform/context.ts'
import { ref } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { findService } from '../catalog/index.ts'
import { findTeam } from '../identity/index.ts'
import { stopTelling } from '../notify/index.ts'
import { pageNobody, pageRaised, pageStarted } from './events.ts'
import { type Brief, dueKey, openPage, type PageRow, place } from './page-record.ts'
import type { Snapshot, Step } from './steps.ts'
import { takeStep } from './take-step.ts'

export type Engagement = {
  /** Reference of what a human is needed for; at most one page is open for it. */
  subject: string
  about: string[]
  serviceId: string | null
  teamId: string | null
  environment: string
  urgency: 'high' | 'low'
  brief: Brief
  /** Instead of the service's own. */
  policyId?: string
  /** Another team than the service's owner was chosen for it: the policy of that team comes before the service's. */
  teamFirst?: boolean
  /** Turns to that team alone: the service's policy would turn to others. */
  teamOnly?: boolean
}

type Chosen = { id: string; name: string; steps: unknown; repeats: number; ack_timeout_minutes: number | null }

/**
 * Gets a human for something, by the escalation policy of its service, else of its team. Starts at once, in the
 * caller's transaction; answers with the page, or with the reason why nobody is paged, which is recorded too.
 */
export const engage = async (ctx: Context, wanted: Engagement): Promise<{ pageId: string | null; why: string }> => {
  const open = await openPage(ctx, wanted.subject)
  if (open) return { pageId: open.id, why: 'Somebody is being paged for it already.' }
  const policy = await choosePolicy(ctx, wanted)
  if (!policy) {
    const why = await whyNoPolicy(ctx, wanted)
    ctx.record(pageNobody, {
      subject: wanted.subject,
      about: wanted.about,
      team: wanted.teamId,
      data: { step: null, why },
    })
    return { pageId: null, why }
  }
  const page = await insertPage(ctx, wanted, policy)
  ctx.record(pageStarted, {
    ...place(page, wanted.about),
    data: { title: wanted.brief.title, policy: policy.name, urgency: wanted.urgency },
  })
  await takeStep(ctx, page, { round: 0, step: 0 }, '')
  return { pageId: page.id, why: `By the escalation policy ${policy.name}.` }
}

const columns = ['p.id', 'p.name', 'p.steps', 'p.repeats', 'p.ack_timeout_minutes'] as const

const choosePolicy = async (ctx: Context, wanted: Engagement): Promise<Chosen | undefined> => {
  const policies = ctx.db.selectFrom('escalation_policies as p').where('p.archived_at', 'is', null)
  if (wanted.policyId) return policies.select(columns).where('p.id', '=', wanted.policyId).executeTakeFirst()
  const ofService = async () =>
    wanted.serviceId
      ? policies
          .innerJoin('service_policies as s', 's.policy_id', 'p.id')
          .select(columns)
          .where('s.service_id', '=', wanted.serviceId)
          .executeTakeFirst()
      : undefined
  const ofTeam = async () =>
    wanted.teamId
      ? policies
          .select(columns)
          .where('p.team_id', '=', wanted.teamId)
          .orderBy('p.created_at')
          .limit(1)
          .executeTakeFirst()
      : undefined
  if (wanted.teamOnly) return ofTeam()
  const [first, second] = wanted.teamFirst ? [ofTeam, ofService] : [ofService, ofTeam]
  return (await first()) ?? second()
}

const whyNoPolicy = async (ctx: Context, wanted: Engagement): Promise<string> => {
  if (wanted.teamOnly && wanted.teamId)
    return `There is no escalation policy for ${(await findTeam(ctx.db, wanted.teamId))?.name}. Give it one under On-call.`
  const service = wanted.serviceId ? await findService(ctx.db, wanted.serviceId) : null
  const what = service
    ? `The service ${service.name} has no escalation policy`
    : 'It names no service that has an escalation policy'
  return `${what}, and neither has its team. Give it one under On-call.`
}

const insertPage = (ctx: Context, wanted: Engagement, policy: Chosen): Promise<PageRow> => {
  const snapshot: Snapshot = {
    name: policy.name,
    steps: policy.steps as Step[],
    repeats: policy.repeats,
    ackTimeoutMinutes: policy.ack_timeout_minutes,
  }
  return ctx.db
    .insertInto('pages')
    .values({
      id: newId(),
      subject: wanted.subject,
      policy_id: policy.id,
      policy: JSON.stringify(snapshot),
      team_id: wanted.teamId,
      urgency: wanted.urgency,
      brief: JSON.stringify(wanted.brief),
      state: 'paging',
      started_at: ctx.now(),
    })
    .returningAll()
    .executeTakeFirstOrThrow()
}

/**
 * What later steps tell: the newest words. When it has become urgent while low-urgency rules let people sleep, the
 * policy starts again at once, with the rules for high urgency.
 */
export const updateBrief = async (
  ctx: Context,
  subject: string,
  brief: Brief,
  urgency: 'high' | 'low',
): Promise<void> => {
  const page = await openPage(ctx, subject)
  if (!page) return
  const raised = page.urgency === 'low' && urgency === 'high'
  await ctx.db
    .updateTable('pages')
    .set({ brief: JSON.stringify(brief), ...(raised ? { urgency } : {}) })
    .where('id', '=', page.id)
    .execute()
  if (!raised || page.state === 'acknowledged') return
  await ctx.db.updateTable('pages').set({ state: 'paging' }).where('id', '=', page.id).execute()
  await stopTelling(ctx, ref('page', page.id))
  ctx.record(pageRaised, { ...place(page), data: { title: brief.title } })
  ctx.due({
    key: dueKey(page.id),
    at: ctx.now(),
    run: { name: 'page.advance' },
    input: { pageId: page.id, to: { round: page.round + 1, step: 0 }, because: 'It has become urgent.' },
    subject: ref('page', page.id),
    priority: 0,
  })
}
