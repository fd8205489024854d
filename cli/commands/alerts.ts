import { type AlertRow, alertViews } from '../../contract/alerts/alert.ts'
import { severities } from '../../contract/alerts/words.ts'
import { createClient } from '../client.ts'
import { type Define, examples, json, limit, oneOf } from '../command.ts'
import { placesOf } from '../find.ts'
import { type Cell, collect, say, sayJson, table, wallTime, zoneHere } from '../output.ts'

export const defineAlerts: Define = (program) =>
  examples(
    program
      .command('alerts')
      .description('alerts, newest first')
      .addOption(
        oneOf('--view <view>', 'firing: open and told; held: silenced or under maintenance', alertViews).default(
          'firing',
        ),
      )
      .addOption(oneOf('--severity <severity>', 'this severity or worse', severities))
      .option('--team <team>', 'of this team: its name, slug or id')
      .option('--service <service>', 'about this service: its name, slug or id')
      .option('--search <text>', 'part of the title or of the host')
      .addOption(limit())
      .addOption(json()),
    'watchfloor alerts --severity high',
    'watchfloor alerts --view held --json',
  ).action(async (o) => {
    const client = createClient()
    const filter = {
      view: o.view,
      severity: o.severity,
      q: o.search,
      ...(await placesOf(client, o)),
    }
    const alerts = await collect(o.limit, (page) => client.alerts.list({ ...filter, ...page }))
    if (o.json) return sayJson(alerts)
    if (alerts.length === 0) return say('No alerts.')
    say(
      table(
        ['ID', 'SEVERITY', 'STATUS', `SINCE (${zoneHere()})`, 'TIMES', 'TICKET', 'SERVICE', 'TITLE'],
        alerts.map(row),
      ),
    )
  })

const row = (a: AlertRow): Cell[] => [
  a.id,
  [a.severity, a.severity === 'critical' ? 'bad' : a.severity === 'high' ? 'warn' : null],
  a.acknowledgedAt ? `${a.status}, acknowledged` : a.held ? `${a.status}, ${a.held.kind}` : a.status,
  wallTime(a.startedAt),
  String(a.occurrences),
  a.ticket?.number ?? '–',
  a.service?.name ?? '–',
  a.title,
]
