import { type TicketRow, ticketViews } from '../../contract/desk/index.ts'
import { createClient } from '../client.ts'
import { type Define, examples, json, limit, oneOf } from '../command.ts'
import { type Cell, collect, say, sayJson, table, wallTime, zoneHere } from '../output.ts'
import { filterOf, filterOptions } from '../ticket-filter.ts'

export const defineTickets: Define = (program) => {
  const command = program
    .command('tickets')
    .description('tickets, the most pressing first; of each field several values with commas')
    .addOption(oneOf('--view <view>', 'which: open unless told, or recent for a --state that is over', ticketViews))
  for (const option of filterOptions()) command.addOption(option)
  return examples(
    command.option('--search <text>', 'words anywhere in it, or a number').addOption(limit()).addOption(json()),
    'watchfloor tickets --priority 2',
    'watchfloor tickets --team equities --state pending',
    "watchfloor tickets --due '<4h' --not state=pending --not team=dba",
    "watchfloor tickets --json | jq -r '.[].number'",
  ).action(async (o) => {
    const client = createClient()
    const filter = {
      ...(o.view ? { view: o.view } : {}),
      ...(o.search ? { q: o.search } : {}),
      ...(await filterOf(client, o)),
    }
    const tickets = await collect(o.limit, (page) => client.desk.list({ ...filter, ...page }))
    if (o.json) return sayJson(tickets)
    if (tickets.length === 0) return say('No tickets.')
    say(
      table(['NUMBER', 'P', 'STATE', `DUE (${zoneHere()})`, 'TEAM', 'ASSIGNEE', 'SERVICE', 'TITLE'], tickets.map(row)),
    )
  })
}

export const priorityCell = (priority: number | null): Cell =>
  priority === null ? '–' : [`P${priority}`, priority === 1 ? 'bad' : priority === 2 ? 'warn' : null]

const row = (t: TicketRow): Cell[] => [
  t.number,
  priorityCell(t.priority),
  t.state.replace('_', ' '),
  [wallTime(t.dueAt), t.dueAt && Date.parse(t.dueAt) < Date.now() ? 'bad' : null],
  t.team?.name ?? '–',
  t.assignee?.name ?? '–',
  t.service?.name ?? '–',
  t.title,
]
