import { packetParts, ticketInput } from '../../../../contract/desk/index.ts'
import type { ReadContext } from '../../../platform/context.ts'
import { query } from '../../../platform/query.ts'
import { plainOf } from '../../knowledge/index.ts'
import { urgencyOf } from '../brief.ts'
import { serviceFacts } from '../facts.ts'
import { linkedTo } from '../knowledge/read.ts'
import { loadTicket, type Ticket } from '../ticket.ts'
import { draftPacket } from './packet.ts'
import { latestOf } from './rows.ts'

/** What a packet would begin with. One that was sent back begins with what was sent, and says why it came back. */
export const readPacketDraft = query('ticket.packet_draft', {
  permission: 'ticket.work',
  input: ticketInput,
  async run(ctx, { id }) {
    const ticket = await loadTicket(ctx, id)
    const last = await latestOf(ctx, ticket.id)
    const pages = urgencyOf(ticket) === 'high'
    const fresh = draftPacket(await factsOf(ctx, ticket))
    if (!last || (last.state !== 'returned' && last.state !== 'withdrawn'))
      return { ...fresh, teamId: null, reason: null, pages }
    const sent = last.packet as Record<string, string>
    const again = Object.fromEntries(packetParts.map((p) => [p, sent[p] ?? fresh[p]])) as typeof fresh
    return {
      ...again,
      since: Temporal.Instant.from(String(again.since)),
      teamId: last.to_team_id,
      reason: last.reason,
      pages,
    }
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

const factsOf = async (ctx: ReadContext, ticket: Ticket) => {
  const facts = await serviceFacts(ctx, ticket.service_id)
  const notes = await ctx.db
    .selectFrom('messages')
    .select(['author_name', 'body'])
    .where('ticket_id', '=', ticket.id)
    .where('kind', '=', 'internal')
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
    used: (await linkedTo(ctx, ticket.id)).filter((k) => k.relation === 'used').map(usedWords),
    links: await filesOf(ctx, ticket.id),
  }
}

const MOST_FILES = 20

/** The files on the ticket, by name and where they are read. */
const filesOf = async (ctx: ReadContext, ticketId: string): Promise<string[]> => {
  const files = await ctx.db
    .selectFrom('attachments')
    .select(['id', 'name'])
    .where('ticket_id', '=', ticketId)
    .where('state', '=', 'stored')
    .orderBy('attached_at', 'desc')
    .limit(MOST_FILES)
    .execute()
  return files.map((f) => `File ${f.name}: /api/attachments/${f.id}`)
}
