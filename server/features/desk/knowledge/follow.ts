import { tickInput, untickInput } from '../../../../contract/desk/index.ts'
import type { StepView } from '../../../../contract/knowledge/index.ts'
import { actorRow } from '../../../platform/access.ts'
import type { Context } from '../../../platform/context.ts'
import { conflict, invalid, notFound } from '../../../platform/errors.ts'
import { ref } from '../../../platform/events.ts'
import { verb } from '../../../platform/verb.ts'
import { findKnowledge, type KnownItem, stepsOfVersion } from '../../knowledge/index.ts'
import { recordAbout } from '../record.ts'
import { type Ticket, takeTicket } from '../ticket.ts'
import { utcWords } from '../time-words.ts'
import { ticketStepDone, ticketStepTakenBack } from './events.ts'
import { namedItem, showLink, takeLink } from './use.ts'

type Step = { place: number; step: StepView }

/** The step as it was when the runbook was begun here. */
const takeStep = async (ctx: Context, ticket: Ticket, item: KnownItem, stepId: string): Promise<Step> => {
  const link = await takeLink(ctx, ticket, item)
  const steps = await stepsOfVersion(ctx, item.id, link.version)
  const at = steps.findIndex((s) => s.id === stepId)
  const step = steps[at]
  if (!step) throw notFound(`That step of ${item.number}`)
  return { place: at + 1, step }
}

/** A step of a runbook is done on a ticket: with who, when, and a note as evidence. Of two who do it, one has done it. */
export const tickStep = verb('ticket.tick_step', {
  permission: 'ticket.work',
  input: tickInput,
  async run(ctx, { id, itemId, stepId, note, choice }) {
    const ticket = await takeTicket(ctx, id, 'knowledge')
    const item = await findKnowledge(ctx, itemId)
    const { place, step } = await takeStep(ctx, ticket, item, stepId)
    const option = choice === undefined ? undefined : step.options[choice]
    if (step.kind === 'decide' && !option) throw invalid('choice', 'must be one of the options of the step')
    if (step.kind !== 'decide' && choice !== undefined)
      throw invalid('choice', 'is for steps that decide; leave it out')
    const row = await ctx.db
      .insertInto('ticket_runbook_steps')
      .values({
        ticket_id: ticket.id,
        item_id: item.id,
        step_id: stepId,
        at: ctx.now(),
        by: JSON.stringify(actorRow(ctx.actor)),
        note,
        choice: choice ?? null,
      })
      .onConflict((c) => c.doNothing())
      .returning('step_id')
      .executeTakeFirst()
    if (!row) throw conflict(await whoDidIt(ctx, ticket, item, stepId, place))
    await recordAbout(
      ctx,
      ticket,
      ticketStepDone,
      { item: namedItem(item), step: { place, title: step.title }, choice: option?.label ?? null, note },
      { about: [ref('knowledge', item.id)] },
    )
    return showLink(ctx, ticket.id, item.id)
  },
})

const whoDidIt = async (ctx: Context, ticket: Ticket, item: KnownItem, stepId: string, place: number) => {
  const done = await ctx.db
    .selectFrom('ticket_runbook_steps')
    .select(['by', 'at'])
    .where('ticket_id', '=', ticket.id)
    .where('item_id', '=', item.id)
    .where('step_id', '=', stepId)
    .executeTakeFirstOrThrow()
  return `Step ${place} of ${item.number} is done already, by ${(done.by as { name: string }).name} at ${utcWords(done.at)}.`
}

/** A step is not done after all; its note stays on the timeline. */
export const untickStep = verb('ticket.untick_step', {
  permission: 'ticket.work',
  input: untickInput,
  async run(ctx, { id, itemId, stepId }) {
    const ticket = await takeTicket(ctx, id, 'knowledge')
    const item = await findKnowledge(ctx, itemId)
    const { place, step } = await takeStep(ctx, ticket, item, stepId)
    const row = await ctx.db
      .deleteFrom('ticket_runbook_steps')
      .where('ticket_id', '=', ticket.id)
      .where('item_id', '=', item.id)
      .where('step_id', '=', stepId)
      .returning('step_id')
      .executeTakeFirst()
    if (!row) return ctx.unchanged(await showLink(ctx, ticket.id, item.id))
    await recordAbout(
      ctx,
      ticket,
      ticketStepTakenBack,
      { item: namedItem(item), step: { place, title: step.title } },
      { about: [ref('knowledge', item.id)] },
    )
    return showLink(ctx, ticket.id, item.id)
  },
})
