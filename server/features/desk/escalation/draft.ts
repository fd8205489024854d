import { type Packet, ticketInput } from '../../../../contract/desk/index.ts'
import { type Instant, isBefore } from '../../../platform/clock.ts'
import type { ReadContext } from '../../../platform/context.ts'
import { query } from '../../../platform/query.ts'
import { plainOf } from '../../knowledge/index.ts'
import { urgencyOf } from '../brief.ts'
import { serviceFacts } from '../facts.ts'
import { linkedTo } from '../knowledge/read.ts'
import { loadTicket, type Ticket } from '../ticket.ts'
import { draftPacket, goOnWith } from './packet.ts'
import { latestOf } from './rows.ts'

/**
 * What a packet would begin with. After one that was sent it is that one, whoever has accepted it, with what was tried
 * and found since; one that was sent back goes to the same team again, and says why it came back.
 */
export const readPacketDraft = query('ticket.packet_draft', {
  permission: 'ticket.work',
  input: ticketInput,
  async run(ctx, { id }) {
    const ticket = await loadTicket(ctx, id)
    const last = await latestOf(ctx, ticket.id)
    const pages = urgencyOf(ticket) === 'high'
    const facts = await factsOf(ctx, ticket, last?.sent_at)
    if (!last) return { ...draftPacket(facts), teamId: null, reason: null, pages }
    const packet = goOnWith(last.packet as Packet, facts)
    const since = Temporal.Instant.from(packet.since)
    const back = last.state === 'returned' || last.state === 'withdrawn'
    return { ...packet, since, teamId: back ? last.to_team_id : null, reason: back ? last.reason : null, pages }
  },
})

const MOST_NOTES = 10

type Used = Awaited<ReturnType<typeof linkedTo>>[number]
const helpedWords = (helped: boolean | null) => (helped === null ? '' : helped ? ' It helped.' : ' It did not help.')

/** What was used of what is known, and which steps of a runbook were done. */
const usedWords = ({ item, workaround, helped, done, steps }: Used): string => {
  const followed = steps.length > 0 ? ` ${done.length} of ${steps.length} steps done.` : ''
  const said = plainOf(workaround)
  const how = said ? `: ${said}` : '.'
  return `${item.number} ${item.title}${how}${followed}${helpedWords(helped)}`
}

/** `since`: of notes, files and what was used only those from then on. */
const factsOf = async (ctx: ReadContext, ticket: Ticket, since: Instant | undefined) => {
  const facts = await serviceFacts(ctx, ticket.service_id)
  const notes = await ctx.db
    .selectFrom('messages')
    .select(['author_name', 'body'])
    .where('ticket_id', '=', ticket.id)
    .where('kind', '=', 'internal')
    .$if(since !== undefined, (some) => some.where('at', '>', since as Instant))
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(MOST_NOTES)
    .execute()
  const requester = ticket.requester_id
    ? await ctx.db.selectFrom('users').select(['name', 'zone']).where('id', '=', ticket.requester_id).executeTakeFirst()
    : null
  return {
    title: ticket.title,
    description: ticket.description,
    openedAt: ticket.began_at ?? ticket.opened_at,
    zone: requester?.zone ?? 'UTC',
    firstAlertAt: null,
    service: facts.service?.name ?? null,
    environment: ticket.environment,
    units: facts.units,
    requester: requester?.name ?? null,
    notes: notes.reverse().map((n) => ({ author: n.author_name, body: n.body })),
    used: (await linkedTo(ctx, ticket.id))
      .filter((k) => k.relation === 'used' && (!since || isBefore(since, k.at)))
      .map(usedWords),
    links: await filesOf(ctx, ticket.id, since),
  }
}

const MOST_FILES = 20

/** The files on the ticket, by name and where they are read. */
const filesOf = async (ctx: ReadContext, ticketId: string, since: Instant | undefined): Promise<string[]> => {
  const files = await ctx.db
    .selectFrom('attachments')
    .select(['id', 'name'])
    .where('ticket_id', '=', ticketId)
    .where('state', '=', 'stored')
    .$if(since !== undefined, (some) => some.where('attached_at', '>', since as Instant))
    .orderBy('attached_at', 'desc')
    .limit(MOST_FILES)
    .execute()
  return files.map((f) => `File ${f.name}: /api/attachments/${f.id}`)
}
