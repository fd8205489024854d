import { sql } from 'kysely'
import type { z } from 'zod'
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

/** Holds a parent and the tickets that are to come or go; the children each once. */
const takeFamily = async (ctx: Context, { id, tickets }: z.output<typeof adoptInput>) => {
  await holdLinks(ctx)
  const [parent, ...children] = await takeTickets(ctx, [id, ...tickets], () => 'link')
  if (!parent) throw invalid('id', 'names no ticket; look whether the number was mistyped')
  return { parent, children: new Set(children) }
}

const tell = (ctx: Context, child: Ticket, event: typeof ticketLinked | typeof ticketUnlinked, parent: Ticket) =>
  recordAbout(ctx, child, event, { kind: 'child_of', to: brief(parent) }, { about: [ticketRef(parent)] })

/** Answers with the undo, when anything has changed. */
const changed = async (ctx: Context, parent: Ticket, undo: 'adopt' | 'disown', tickets: string[]) => {
  if (tickets.length === 0) return ctx.unchanged(await acted(ctx, parent))
  await countCallers(ctx, parent.id)
  return acted(ctx, parent, { act: undo, input: { id: parent.id, tickets } })
}

/** Puts tickets under a parent, all or none. */
export const adoptTickets = verb('ticket.adopt', {
  permission: 'ticket.work',
  input: adoptInput,
  async run(ctx, input) {
    const { parent, children } = await takeFamily(ctx, input)
    const added: string[] = []
    for (const child of children) {
      const why = whyNotLinked(await linkFacts(ctx, 'child_of', child, parent))
      if (why) throw child.id === parent.id ? invalid('tickets', why) : conflict(why)
      if (!(await insertLink(ctx, child.id, 'child_of', parent.id))) continue
      added.push(child.id)
      await tell(ctx, child, ticketLinked, parent)
    }
    return changed(ctx, parent, 'disown', added)
  },
})

/** Takes children away from a parent. */
export const disownTickets = verb('ticket.disown', {
  permission: 'ticket.work',
  input: adoptInput,
  async run(ctx, input) {
    const { parent, children } = await takeFamily(ctx, input)
    const gone: string[] = []
    for (const child of children) {
      if (!(await deleteLink(ctx, child.id, 'child_of', parent.id))) continue
      gone.push(child.id)
      await tell(ctx, child, ticketUnlinked, parent)
    }
    return changed(ctx, parent, 'adopt', gone)
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
