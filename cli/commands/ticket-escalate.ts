import { createClient } from '../client.ts'
import { type Define, examples, group, json, wordsOf } from '../command.ts'
import { findTeam } from '../find.ts'
import { say, sayJson } from '../output.ts'

export const defineTicketEscalate: Define = (program) =>
  examples(
    group(program, 'ticket', 'one ticket, by its number')
      .command('escalate')
      .argument('<number>', 'such as INC-12')
      .requiredOption('--team <team>', 'who is to go on with it: name, slug or id')
      .option('--seen <text>', 'what is seen')
      .option('--since <time>', 'since when, such as 2026-11-23T07:12:00Z')
      .option('--hurt <text>', 'who is hurt')
      .option('--tried <text>', 'what was tried')
      .option('--evidence <text>', 'a log line, a link; - reads it from standard input')
      .option('--page', 'page their people on call')
      .option('--no-page', 'page nobody')
      .description('hand it to another team with a packet; what you leave out comes from the ticket')
      .addOption(json()),
    'watchfloor ticket escalate INC-12 --team dba --tried "Restarted the listener, no change"',
    'grep ORA- alert.log | tail -20 | watchfloor ticket escalate INC-12 --team dba --evidence -',
  ).action(async (id, o, command) => {
    const client = createClient()
    const teamId = await findTeam(client, o.team)
    const draft = await client.desk.packetDraft({ id })
    const answer = await client.desk.escalate({
      id,
      teamId,
      seen: o.seen ?? draft.seen,
      since: o.since ?? draft.since,
      hurt: o.hurt ?? draft.hurt,
      tried: o.tried ?? draft.tried,
      evidence: o.evidence ? wordsOf([o.evidence], 'the evidence') : draft.evidence,
      ...(command.getOptionValueSource('page') === 'cli' ? { page: o.page } : {}),
    })
    if (o.json) return sayJson(answer)
    const { items } = await client.desk.escalations({ id })
    say(`${answer.ticket.number} was handed to ${items[0]?.to.name ?? o.team}. ${items[0]?.paged ?? ''}`.trimEnd())
  })
