import { environment } from '../../contract/base.ts'
import { levels, ticketKinds } from '../../contract/desk/index.ts'
import { createClient } from '../client.ts'
import { type Define, examples, group, json, oneOf, wordsOf } from '../command.ts'
import { findPerson, placesOf } from '../find.ts'
import { say, sayJson } from '../output.ts'

export const defineTicketOpen: Define = (program) =>
  examples(
    group(program, 'ticket', 'one ticket, by its number')
      .command('open')
      .argument('<title...>', 'in a line')
      .description('open a ticket')
      .addOption(oneOf('--kind <kind>', 'what it is', ticketKinds).default('incident'))
      .option('--service <service>', 'what it is about: name, slug or id')
      .addOption(oneOf('--environment <environment>', 'where', environment.options).default('prod'))
      .addOption(oneOf('--impact <level>', 'proposed from the service when left out', levels))
      .addOption(oneOf('--urgency <level>', 'proposed from the next cut-off when left out', levels))
      .option('--team <team>', 'the owner of the service when left out')
      .option('--assignee <person>', 'who gets it')
      .option('--requester <person>', 'who asks')
      .option('--description <text>', 'more about it; - reads it from standard input')
      .option('--page', 'page the people on call for it')
      .option('--no-page', 'page nobody')
      .addOption(json()),
    'watchfloor ticket open Blotter shows no prices --service eq-blotter --urgency high',
    'tail -50 /var/log/eod.log | watchfloor ticket open EOD failed --description -',
  ).action(async (title, o, command) => {
    const client = createClient()
    const answer = await client.desk.open({
      kind: o.kind,
      title: title.join(' '),
      environment: o.environment,
      impact: o.impact,
      urgency: o.urgency,
      ...(o.description ? { description: wordsOf([o.description], 'a description') } : {}),
      ...(await placesOf(client, o)),
      ...(o.assignee ? { assigneeId: await findPerson(client, o.assignee) } : {}),
      ...(o.requester ? { requesterId: await findPerson(client, o.requester) } : {}),
      ...(command.getOptionValueSource('page') === 'cli' ? { page: o.page } : {}),
    })
    if (o.json) return sayJson(answer)
    const { number, priority, team } = answer.ticket
    say(`${number} is open: P${priority}${team ? `, ${team.name}` : ''}.${answer.page ? ` ${answer.page}` : ''}`)
  })
