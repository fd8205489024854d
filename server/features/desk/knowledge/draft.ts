import { draftInput } from '../../../../contract/desk/index.ts'
import { ref } from '../../../platform/events.ts'
import { verb } from '../../../platform/verb.ts'
import { type Draft, draftKnowledge } from '../../knowledge/index.ts'
import { recordAbout } from '../record.ts'
import { type Ticket, takeTicket, ticketRef } from '../ticket.ts'
import { ticketKnowledgeDrafted } from './events.ts'
import { addLink, namedItem } from './use.ts'

/** Makes a draft from what a ticket taught: filled with what was seen and what solved it, for somebody to finish. */
export const draftFromTicket = verb('ticket.draft_knowledge', {
  permission: 'ticket.work',
  input: draftInput,
  async run(ctx, { id, kind }) {
    const ticket = await takeTicket(ctx, id, 'knowledge')
    const item = await draftKnowledge(ctx, {
      kind,
      words: kind === 'article' ? articleOf(ticket) : knownErrorOf(ticket),
      serviceIds: ticket.service_id ? [ticket.service_id] : [],
      teamId: ticket.team_id,
      from: ticket.number,
      about: [ticketRef(ticket)],
    })
    await addLink(ctx, ticket, item, 'origin')
    await recordAbout(
      ctx,
      ticket,
      ticketKnowledgeDrafted,
      { item: namedItem(item) },
      { about: [ref('knowledge', item.id)] },
    )
    return { item: { ...namedItem(item), version: item.version } }
  },
})

const seen = (t: Ticket) => t.description.trim() || t.title

const articleOf = (t: Ticket): Draft['words'] => ({
  title: t.title,
  body: [`## What is seen\n\n${seen(t)}`, ...(t.resolution ? [`## What helps\n\n${t.resolution.trim()}`] : [])].join(
    '\n\n',
  ),
})

const knownErrorOf = (t: Ticket): Draft['words'] => ({
  title: t.title,
  symptoms: seen(t),
  fix: t.resolution?.trim() ?? '',
})
