import { CliError, createClient, exitCodes } from '../client.ts'
import { type Define, examples, group, json } from '../command.ts'
import { findPerson, findTeam } from '../find.ts'
import { say, sayJson } from '../output.ts'

export const defineTicketAssign: Define = (program) =>
  examples(
    group(program, 'ticket', 'one ticket, by its number')
      .command('assign')
      .argument('<number>', 'such as INC-12')
      .argument('[person]', 'name, mail address or id; nobody gives it back to the queue')
      .option('--team <team>', 'move it to this team; with a person, to him there')
      .description('give it to a person or to another team')
      .addOption(json()),
    'watchfloor ticket assign INC-12 priya@bank.example',
    'watchfloor ticket assign INC-12 --team dba',
    'watchfloor ticket assign INC-12 nobody',
  ).action(async (id, person, o) => {
    if (!person && !o.team) throw new CliError('Say to whom: a person, nobody, or --team.', exitCodes.usage)
    const client = createClient()
    const answer = await (async () => {
      if (o.team) {
        const teamId = await findTeam(client, o.team)
        return client.desk.move({ id, teamId, ...(person ? { assigneeId: await findPerson(client, person) } : {}) })
      }
      if (person === 'nobody') return client.desk.unassign({ id })
      return client.desk.assign({ id, userId: await findPerson(client, person) })
    })()
    if (o.json) return sayJson(answer)
    const { number, assignee, team } = answer.ticket
    say(`${number} is with ${assignee?.name ?? 'nobody'}${team ? `, ${team.name}` : ''}.`)
  })
