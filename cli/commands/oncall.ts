import { createClient } from '../client.ts'
import { type Define, examples, json } from '../command.ts'
import { type Cell, say, sayJson, table, wallTime, zoneHere } from '../output.ts'

export const defineOncall: Define = (program) =>
  examples(
    program
      .command('oncall')
      .description('who is on call now, and who comes next')
      .option('--team <team>', 'only schedules of teams with this in their name')
      .addOption(json()),
    'watchfloor oncall',
    'watchfloor oncall --team dba --json',
  ).action(async (o) => {
    const { items } = await createClient().oncall.onCall()
    const wanted = items.filter((i) => !o.team || i.team.name.toLowerCase().includes(o.team.toLowerCase()))
    if (o.json) return sayJson(wanted)
    if (wanted.length === 0) return say('No schedules.')
    const row = (e: (typeof wanted)[number]): Cell[] => [
      e.schedule.name,
      e.team.name,
      e.people.length > 0 ? e.people.map((p) => p.user.name).join(', ') : ['nobody', 'bad'],
      wallTime(e.people[0]?.to ?? e.next?.at),
      e.next ? e.next.people.map((p) => p.name).join(', ') || 'nobody' : '–',
    ]
    say(table(['SCHEDULE', 'TEAM', 'ON CALL', `UNTIL (${zoneHere()})`, 'THEN'], wanted.map(row)))
  })
