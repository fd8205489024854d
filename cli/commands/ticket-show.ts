import type { TicketDetail } from '../../contract/desk/index.ts'
import { createClient } from '../client.ts'
import { type Define, examples, group, json } from '../command.ts'
import { cleanText, facts, paint, say, sayJson, zonedTime } from '../output.ts'

export const defineTicketShow: Define = (program) =>
  examples(
    group(program, 'ticket', 'one ticket, by its number')
      .command('show')
      .argument('<number>', 'such as INC-12')
      .description('everything about a ticket')
      .addOption(json()),
    'watchfloor ticket show INC-12',
  ).action(async (number, o) => {
    const ticket = await createClient().desk.get({ id: number })
    if (o.json) return sayJson(ticket)
    say(asText(ticket))
  })

const asText = (t: TicketDetail): string => {
  const parts = [
    paint(`${t.number}  ${cleanText(t.title)}`, 'strong'),
    facts([
      ['State', t.state.replace('_', ' ')],
      ['Priority', `P${t.priority}${t.priorityReason ? `: ${t.priorityReason}` : ''}`],
      ['Service', t.service && `${t.service.name} (${t.environment})`],
      ['Team', t.team?.name],
      ['Assignee', t.assignee?.name ?? 'nobody'],
      ['Requester', t.requester?.name],
      ['Opened', `${zonedTime(t.openedAt)} by ${t.openedBy?.name ?? t.openedVia}`],
      ...t.clocks.map((c): [string, string] => [
        c.name === 'resolution' ? 'Resolve by' : 'Respond by',
        `${zonedTime(c.dueAt)} (${c.state})`,
      ]),
      ['Hurt', t.hurt?.units.map((u) => u.name).join(', ')],
      ['Watchers', t.watchers.map((w) => w.name).join(', ')],
    ]),
  ]
  if (t.description) parts.push(cleanText(t.description))
  for (const m of t.messages)
    parts.push(
      `${paint(`${zonedTime(m.at)}  ${cleanText(m.author.name)}, ${m.kind === 'internal' ? 'internal note' : 'reply'}`, 'quiet')}\n${cleanText(m.body)}`,
    )
  if (t.resolution) parts.push(`${paint('Resolution', 'good')}\n${cleanText(t.resolution)}`)
  return parts.join('\n\n')
}
