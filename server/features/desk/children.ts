import { sql } from 'kysely'
import { adoptInput } from '../../../contract/desk/index.ts'
import type { Context } from '../../platform/context.ts'
import { conflict, invalid } from '../../platform/errors.ts'
import { verb } from '../../platform/verb.ts'
import { countCallers } from './callers.ts'
import { ticketLinked, ticketUnlinked } from './events-links.ts'
import { familyOf } from './family.ts'
import { deleteLink, holdLinks, insertLink, linkFacts } from './link-rows.ts'
import { whyNotLinked } from './link-rules.ts'
import { recordAbout } from './record.ts'
import { acted } from './save.ts'
import { type Ticket, ticketRef } from './ticket.ts'
import { takeTickets } from './ticket-several.ts'

/** Puts tickets under a parent, all or none. */
export const adoptTickets = verb('ticket.adopt', {
  permission: 'ticket.work',
  input: adoptInput,
  async run(ctx, { id, tickets }) {
    await holdLinks(ctx)
    const [parent, ...children] = await takeTickets(ctx, [id, ...tickets], () => 'link')
    if (!parent) throw invalid('id', 'names no ticket')
    const added: string[] = []
    for (const child of new Set(children)) {
      const why = whyNotLinked(await linkFacts(ctx, 'child_of', child, parent))
      if (why) throw child.id === parent.id ? invalid('tickets', why) : conflict(why)
      if (!(await insertLink(ctx, child.id, 'child_of', parent.id))) continue
      added.push(child.id)
      await recordAbout(
        ctx,
        child,
        ticketLinked,
        { kind: 'child_of', to: brief(parent) },
        { about: [ticketRef(parent)] },
      )
    }
    if (added.length === 0) return ctx.unchanged(await acted(ctx, parent))
    await countCallers(ctx, parent.id)
    return acted(ctx, parent, { act: 'disown', input: { id: parent.id, tickets: added } })
  },
})

/** Takes children away from a parent. */
export const disownTickets = verb('ticket.disown', {
  permission: 'ticket.work',
  input: adoptInput,
  async run(ctx, { id, tickets }) {
    await holdLinks(ctx)
    const [parent, ...children] = await takeTickets(ctx, [id, ...tickets], () => 'link')
    if (!parent) throw invalid('id', 'names no ticket')
    const gone: string[] = []
    for (const child of new Set(children)) {
      if (!(await deleteLink(ctx, child.id, 'child_of', parent.id))) continue
      gone.push(child.id)
      await recordAbout(
        ctx,
        child,
        ticketUnlinked,
        { kind: 'child_of', to: brief(parent) },
        { about: [ticketRef(parent)] },
      )
    }
    if (gone.length === 0) return ctx.unchanged(await acted(ctx, parent))
    await countCallers(ctx, parent.id)
    return acted(ctx, parent, { act: 'adopt', input: { id: parent.id, tickets: gone } })
  },
})

const brief = ({ id, number }: Ticket) => ({ id, number })

/** The tickets under a parent, merged ones left out; their rows are held, in the order of their ids. */
export const takeChildren = async (ctx: Context, parent: Pick<Ticket, 'id'>): Promise<Ticket[]> => {
  const { rows } = await sql<{ id: string }>`
    with recursive ${familyOf(parent.id)} select id from family where id <> ${parent.id}`.execute(ctx.db)
  return ctx.db
    .selectFrom('tickets')
    .selectAll()
    .where('id', '=', sql<string>`any(${rows.map((r) => r.id)}::uuid[])`)
    .where('merged_into_id', 'is', null)
    .orderBy('id')
    .forUpdate()
    .execute()
}
