import { actorRow } from '../../../platform/access.ts'
import type { Context } from '../../../platform/context.ts'
import { cut } from '../../../platform/text.ts'
import { finishPage, pagedNow } from '../../oncall/index.ts'
import { serviceFacts } from '../facts.ts'
import { pageFor } from '../page.ts'
import { type Ticket, ticketRef } from '../ticket.ts'

type Packet = { seen: string; tried: string; evidence: string }
type To = { to: { id: string; name: string }; page: boolean; packet: Packet }

const LINE = 300

/** What a packet says beyond the ticket, whose title and description stand on the page anyway: nobody reads twice at night. */
const packetLines = (ticket: Ticket, { seen, tried, evidence }: Packet): string[] => {
  const known = [ticket.title, ticket.description.trim()].filter(Boolean)
  const more = known.reduce((rest, words) => rest.replace(words, ''), seen).trim()
  const said = [
    ['Seen', more],
    ['Tried', tried],
    ['Evidence', evidence],
  ] as const
  return said.flatMap(([what, words]) => (words.trim() ? [`${what}: ${cut(words.trim(), LINE)}`] : []))
}

/**
 * Pages the people on call of the team that a ticket is escalated to, by that team's own policy and no other: the
 * service's would turn to those who escalate. Whoever was paged before is told once where it went.
 */
export const pageReceivers = async (ctx: Context, ticket: Ticket, { to, page, packet }: To): Promise<string> => {
  if (!page) return 'Nobody was paged; it stands in their queue.'
  await finishPage(ctx, ticketRef(ticket), {
    farewell: { title: `Escalated to ${to.name}: ${ticket.number} ${ticket.title}`, lines: [cut(packet.seen, 600)] },
    reason: `${ticket.number} was escalated to ${to.name}.`,
  })
  const receivers = { ...ticket, team_id: to.id }
  const lines = [
    `Escalated to ${to.name} by ${actorRow(ctx.actor).name}, to be accepted or sent back.`,
    ...packetLines(ticket, packet),
  ]
  const facts = await serviceFacts(ctx, ticket.service_id)
  return (await pageFor(ctx, receivers, facts, { teamOnly: true, lines, about: [`team:${to.id}`] })).why
}

/** Nobody needs to be got any more: what still rings stops. A page that somebody answered ends with the ticket. */
export const stopPaging = async (ctx: Context, ticket: Ticket, reason: string): Promise<void> => {
  const subject = ticketRef(ticket)
  if (!(await pagedNow(ctx, [subject], ['paging'])).has(subject)) return
  await finishPage(ctx, subject, {
    farewell: { title: `No answer needed: ${ticket.number} ${ticket.title}`, lines: [reason] },
    reason,
  })
}
