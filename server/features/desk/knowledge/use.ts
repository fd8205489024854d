import { judgeInput, linkInput, useKnowledgeInput } from '../../../../contract/desk/index.ts'
import { actorRow } from '../../../platform/access.ts'
import type { Context } from '../../../platform/context.ts'
import { conflict, invalid, notFound } from '../../../platform/errors.ts'
import { ref } from '../../../platform/events.ts'
import { verb } from '../../../platform/verb.ts'
import { countUse, findKnowledge, type KnownItem, sayHelped, uncountUse } from '../../knowledge/index.ts'
import { recordAbout } from '../record.ts'
import { type Ticket, takeTicket, ticketRef } from '../ticket.ts'
import { ticketKnowledgeJudged, ticketKnowledgeUnlinked, ticketKnowledgeUsed } from './events.ts'
import { linkedTo } from './read.ts'

/** As events name it. */
export const namedItem = ({ id, number, title, kind }: Pick<KnownItem, 'id' | 'number' | 'title' | 'kind'>) => ({
  id,
  number,
  title,
  kind,
})

/** As the page shows it, after an act. */
export const showLink = async (ctx: Context, ticketId: string, itemId: string) => {
  const [link] = await linkedTo(ctx, ticketId, itemId)
  if (!link) throw new Error('A link that was just written is not there.')
  return link
}

/** The link of a ticket with an item, held until the transaction ends. Throws `not_found`. */
export const takeLink = async (ctx: Context, ticket: Ticket, item: KnownItem) => {
  const link = await ctx.db
    .selectFrom('ticket_knowledge')
    .selectAll()
    .where('ticket_id', '=', ticket.id)
    .where('item_id', '=', item.id)
    .forUpdate()
    .executeTakeFirst()
  if (!link) throw notFound(`${item.number} on ${ticket.number}`)
  return link
}

export const addLink = async (
  ctx: Context,
  ticket: Ticket,
  item: KnownItem,
  relation: 'used' | 'origin',
): Promise<boolean> => {
  const row = await ctx.db
    .insertInto('ticket_knowledge')
    .values({
      ticket_id: ticket.id,
      item_id: item.id,
      relation,
      version: item.version,
      at: ctx.now(),
      by: JSON.stringify(actorRow(ctx.actor)),
    })
    .onConflict((c) => c.doNothing())
    .returning('item_id')
    .executeTakeFirst()
  return row !== undefined
}

/** Links what is known with a ticket and counts the use; a runbook is begun. Used twice it is used once. */
export const useKnowledge = verb('ticket.use_knowledge', {
  permission: 'ticket.work',
  input: useKnowledgeInput,
  async run(ctx, { id, itemId, relation }) {
    const ticket = await takeTicket(ctx, id, 'knowledge')
    const item =
      relation === 'used' ? await countUse(ctx, itemId, ticketRef(ticket)) : await originOf(ctx, ticket, itemId)
    const added = await addLink(ctx, ticket, item, relation)
    if (!added) return ctx.unchanged(await showLink(ctx, ticket.id, item.id))
    await recordAbout(
      ctx,
      ticket,
      ticketKnowledgeUsed,
      { item: namedItem(item), relation },
      { about: [ref('knowledge', item.id)] },
    )
    return showLink(ctx, ticket.id, item.id)
  },
})

const originOf = async (ctx: Context, ticket: Ticket, itemId: string): Promise<KnownItem> => {
  const item = await findKnowledge(ctx, itemId)
  if (item.kind !== 'known_error' || ticket.kind !== 'problem')
    throw invalid('relation', 'origin is for a known error that comes from a problem; choose used')
  return item
}

/** It was not used after all. A runbook of which steps were done stays: they are evidence. */
export const unlinkKnowledge = verb('ticket.unlink_knowledge', {
  permission: 'ticket.work',
  input: linkInput,
  async run(ctx, { id, itemId }) {
    const ticket = await takeTicket(ctx, id, 'knowledge')
    const item = await findKnowledge(ctx, itemId)
    await takeLink(ctx, ticket, item)
    const step = await ctx.db
      .selectFrom('ticket_runbook_steps')
      .select('step_id')
      .where('ticket_id', '=', ticket.id)
      .where('item_id', '=', item.id)
      .executeTakeFirst()
    if (step)
      throw conflict(`Steps of ${item.number} were done on ${ticket.number}. Take them back first, or leave it there.`)
    await ctx.db
      .deleteFrom('ticket_knowledge')
      .where('ticket_id', '=', ticket.id)
      .where('item_id', '=', item.id)
      .execute()
    await uncountUse(ctx, item.id, ticketRef(ticket))
    await recordAbout(
      ctx,
      ticket,
      ticketKnowledgeUnlinked,
      { item: namedItem(item) },
      { about: [ref('knowledge', item.id)] },
    )
    return { ok: true as const }
  },
})

/** Says whether it helped; null takes that back. */
export const judgeKnowledge = verb('ticket.judge_knowledge', {
  permission: 'ticket.work',
  input: judgeInput,
  async run(ctx, { id, itemId, helped }) {
    const ticket = await takeTicket(ctx, id, 'knowledge')
    const item = await findKnowledge(ctx, itemId)
    const link = await takeLink(ctx, ticket, item)
    if (link.helped === helped) return ctx.unchanged(await showLink(ctx, ticket.id, item.id))
    await ctx.db
      .updateTable('ticket_knowledge')
      .set({ helped })
      .where('ticket_id', '=', ticket.id)
      .where('item_id', '=', item.id)
      .execute()
    await sayHelped(ctx, item.id, ticketRef(ticket), helped)
    await recordAbout(
      ctx,
      ticket,
      ticketKnowledgeJudged,
      { item: namedItem(item), helped },
      { about: [ref('knowledge', item.id)] },
    )
    return showLink(ctx, ticket.id, item.id)
  },
})
