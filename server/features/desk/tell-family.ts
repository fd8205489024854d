import { sql } from 'kysely'
import type { AttachmentView } from '../../../contract/desk/index.ts'
import { actorRow } from '../../platform/access.ts'
import type { Context } from '../../platform/context.ts'
import { ref } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { ticketReplied } from './events.ts'
import { ticketFamilyTold } from './events-links.ts'
import { followersOf, type Relative, relatives } from './family.ts'
import { filesOf } from './messages.ts'
import { recordAbout } from './record.ts'
import { answersRequester } from './response.ts'
import { saveTickets } from './save.ts'
import { keepText } from './search-text.ts'
import { ruledActor, type Ticket, ticketRef } from './ticket.ts'

type Message = { id: string; via: string; body: string; attachments: AttachmentView[] }

/**
 * One reply answers all: what the desk said stands on the tickets that were merged into this one as well, and with
 * `children` on all under it that are not over. Each requester reads it on his own ticket and learns of no other.
 */
export const tellFamily = async (ctx: Context, ticket: Ticket, message: Message, children: boolean): Promise<void> => {
  const actor = ruledActor(ctx)
  if (!actor.desk || (actor.userId !== null && actor.userId === ticket.requester_id)) return
  const family = await relatives(ctx, ticket.id, children)
  if (family.length === 0) return
  const copies = family.map((t) => ({ ...t, messageId: newId() }))
  await copyMessage(ctx, message, copies)
  const first = await answerChildren(ctx, family)
  const followers = await followersOf(ctx, [ticket.id, ...family.map((t) => t.id)], true)
  for (const { id, number, messageId } of copies)
    ctx.record(ticketReplied, {
      subject: ticketRef({ id }),
      about: (followers.get(id) ?? []).map((user) => ref('user', user)),
      team: ticket.team_id,
      audience: 'requester',
      data: {
        number,
        messageId,
        body: message.body,
        byRequester: false,
        firstResponse: first.has(id),
        ...filesOf(message),
      },
    })
  const own = new Set(followers.get(ticket.id))
  const people = new Set(family.flatMap((t) => followers.get(t.id) ?? []).filter((user) => !own.has(user)))
  const data = { messageId: message.id, tickets: family.length, people: people.size }
  await recordAbout(ctx, ticket, ticketFamilyTold, data)
}

const copyMessage = async (ctx: Context, message: Message, copies: readonly { id: string; messageId: string }[]) => {
  const author = actorRow(ctx.actor)
  await sql`
    insert into messages (id, ticket_id, kind, via, author_kind, author_id, author_name, body, at, copy_of)
    select c.id, c.ticket_id, 'public', ${message.via}, ${author.kind}, ${author.id}, ${author.name}, ${message.body},
      ${ctx.now()}::timestamptz, ${message.id}::uuid
    from unnest(${copies.map((c) => c.messageId)}::uuid[], ${copies.map((c) => c.id)}::uuid[]) as c(id, ticket_id)`.execute(
    ctx.db,
  )
  await keepText(
    ctx,
    copies.map((c) => c.id),
  )
}

/** Whoever answers all has looked at each: the children that waited for it go on. Answers whose first response it is. */
const answerChildren = async (ctx: Context, family: readonly Relative[]): Promise<Set<string>> => {
  const ids = family.filter((t) => !t.merged).map((t) => t.id)
  const first = new Set<string>()
  if (ids.length === 0) return first
  const rows = await ctx.db.selectFrom('tickets').selectAll().where('id', 'in', ids).orderBy('id').forUpdate().execute()
  // Of the desk only a person answers, never a program.
  const human = ctx.actor.kind === 'user' || ctx.actor.kind === 'link'
  const savings = rows.map((ticket) => {
    const isFirst = answersRequester(ctx, ticket)
    if (isFirst) first.add(ticket.id)
    const changes = {
      ...(isFirst ? { first_response_at: ctx.now() } : {}),
      ...(ticket.state === 'new' ? { state: 'in_progress' } : {}),
    }
    return { ticket, changes, happened: human ? [{ what: 'agent' } as const] : [] }
  })
  await saveTickets(ctx, savings)
  return first
}
