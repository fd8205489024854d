import { linkTicketsInput } from '../../../contract/desk/index.ts'
import { conflict, invalid } from '../../platform/errors.ts'
import { verb } from '../../platform/verb.ts'
import { countCallers } from './callers.ts'
import { ticketLinked, ticketUnlinked } from './events-links.ts'
import { deleteLink, holdLinks, insertLink, linkFacts } from './link-rows.ts'
import { whyNotLinked } from './link-rules.ts'
import { recordAbout } from './record.ts'
import { acted } from './save.ts'
import { ticketRef } from './ticket.ts'
import { takeTickets } from './ticket-several.ts'

/** Links a ticket to another: no ticket to itself, each link once, and children never in a circle. */
export const linkTicket = verb('ticket.link', {
  permission: 'ticket.work',
  input: linkTicketsInput,
  async run(ctx, { id, kind, to: given }) {
    await holdLinks(ctx)
    const [from, to] = await takeTickets(ctx, [id, given], () => 'link')
    const why = whyNotLinked(await linkFacts(ctx, kind, from, to))
    if (why) throw from.id === to.id ? invalid('to', why) : conflict(why)
    if (!(await insertLink(ctx, from.id, kind, to.id))) return ctx.unchanged(await acted(ctx, from))
    await recordAbout(ctx, from, ticketLinked, { kind, to: brief(to) }, { about: [ticketRef(to)] })
    if (kind === 'child_of') await countCallers(ctx, to.id)
    return acted(ctx, from, { act: 'unlink', input: { id: from.id, kind, to: to.id } })
  },
})

/** Takes a link away; a merging is taken back by its own act. */
export const unlinkTicket = verb('ticket.unlink', {
  permission: 'ticket.work',
  input: linkTicketsInput,
  async run(ctx, { id, kind, to: given }) {
    await holdLinks(ctx)
    const [from, to] = await takeTickets(ctx, [id, given], () => 'link')
    if (kind === 'duplicate_of' && from.merged_into_id && (await isMerge(ctx, from.id, to.id)))
      throw conflict(`${from.number} was merged into ${to.number}; take the merging back instead.`)
    if (!(await deleteLink(ctx, from.id, kind, to.id))) return ctx.unchanged(await acted(ctx, from))
    await recordAbout(ctx, from, ticketUnlinked, { kind, to: brief(to) }, { about: [ticketRef(to)] })
    if (kind === 'child_of') await countCallers(ctx, to.id)
    return acted(ctx, from, { act: 'link', input: { id: from.id, kind, to: to.id } })
  },
})

const brief = ({ id, number }: { id: string; number: string }) => ({ id, number })

const isMerge = async (ctx: Parameters<typeof linkFacts>[0], fromId: string, toId: string): Promise<boolean> =>
  (await ctx.db
    .selectFrom('ticket_links')
    .select('from_id')
    .where('from_id', '=', fromId)
    .where('to_id', '=', toId)
    .where('merge', 'is not', null)
    .executeTakeFirst()) !== undefined
