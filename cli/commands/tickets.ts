import { type TicketRow, ticketKinds, ticketStates, ticketViews } from '../../contract/desk/index.ts'
import { createClient } from '../client.ts'
import { type Define, examples, json, limit, oneOf } from '../command.ts'
import { findPerson, placesOf } from '../find.ts'
import { type Cell, collect, say, sayJson, table, wallTime, zoneHere } from '../output.ts'

export const defineTickets: Define = (program) =>
  examples(
    program
      .command('tickets')
      .description('tickets, the most pressing first')
      .addOption(oneOf('--view <view>', 'which: open unless told, or recent for a --state that is over', ticketViews))
      .addOption(oneOf('--kind <kind>', 'of this kind', ticketKinds))
      .addOption(oneOf('--state <state>', 'in this state', ticketStates))
      .addOption(oneOf('--priority <p>', 'this priority or more pressing', ['1', '2', '3', '4', '5']))
      .option('--team <team>', 'of this team: its name, slug or id')
      .option('--assignee <person>', 'whoever has it: name, mail address or id')
      .option('--service <service>', 'about this service: its name, slug or id')
      .option('--search <text>', 'part of the title')
      .addOption(limit())
      .addOption(json()),
    'watchfloor tickets --priority 2',
    'watchfloor tickets --team equities --state pending',
    "watchfloor tickets --json | jq -r '.[].number'",
  ).action(async (o) => {
    const client = createClient()
    const filter = {
      ...(o.view ? { view: o.view } : {}),
      kind: o.kind,
      state: o.state,
      priority: o.priority,
      q: o.search,
      ...(o.assignee ? { assigneeId: await findPerson(client, o.assignee) } : {}),
      ...(await placesOf(client, o)),
    }
    const tickets = await collect(o.limit, (page) => client.desk.list({ ...filter, ...page }))
    if (o.json) return sayJson(tickets)
    if (tickets.length === 0) return say('No tickets.')
    say(
      table(['NUMBER', 'P', 'STATE', `DUE (${zoneHere()})`, 'TEAM', 'ASSIGNEE', 'SERVICE', 'TITLE'], tickets.map(row)),
    )
  })

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
