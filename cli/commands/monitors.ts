import { environment } from '../../contract/base.ts'
import { monitorStatuses, monitorViews } from '../../contract/monitors/index.ts'
import { createClient } from '../client.ts'
import { type Define, examples, json, limit, oneOf } from '../command.ts'
import { placesOf } from '../find.ts'
import { type Cell, collect, duration, everyWords, say, sayJson, table, wallTime, zoneHere } from '../output.ts'

const tones = { down: 'bad', degraded: 'warn', unknown: 'warn', up: 'good', paused: 'quiet' } as const

export const defineMonitors: Define = (program) =>
  examples(
    program
      .command('monitors')
      .description('monitors, the worst first')
      .addOption(oneOf('--view <view>', 'which', monitorViews).default('all'))
      .addOption(oneOf('--state <state>', 'in this state', monitorStatuses))
      .addOption(oneOf('--environment <environment>', 'there', environment.options))
      .option('--team <team>', 'of this team: its name, slug or id')
      .option('--service <service>', 'of this service: its name, slug or id')
      .option('--search <text>', 'part of the name or of the address')
      .addOption(limit())
      .addOption(json()),
    'watchfloor monitors --view trouble',
    "watchfloor monitors --state down --json | jq -r '.[].name'",
  ).action(async (o) => {
    const client = createClient()
    const filter = {
      view: o.view,
      state: o.state,
      environment: o.environment,
      q: o.search,
      ...(await placesOf(client, o)),
    }
    const monitors = await collect(o.limit, (page) => client.monitors.list({ ...filter, ...page }))
    if (o.json) return sayJson(monitors.map(({ strip: _, ...m }) => m))
    if (monitors.length === 0) return say('No monitors.')
    const row = (m: (typeof monitors)[number]): Cell[] => [
      [m.unobservedSince ? `${m.state}, not looked at` : m.state, tones[m.state]],
      m.name,
      m.kind,
      everyWords(m.intervalSeconds),
      wallTime(m.since),
      duration(m.lastMs),
      m.reason ?? m.lastMessage ?? '',
    ]
    say(table(['STATE', 'NAME', 'KIND', 'EVERY', `SINCE (${zoneHere()})`, 'TOOK', 'SAYS'], monitors.map(row)))
  })
