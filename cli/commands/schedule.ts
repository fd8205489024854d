import { createClient } from '../client.ts'
import { type Define, examples, json } from '../command.ts'
import { type Cell, everyWords, say, sayJson, table } from '../output.ts'

export const defineSchedule: Define = (program) =>
  examples(
    program.command('schedule').description('everything that Watchfloor does periodically').addOption(json()),
    'watchfloor schedule --json',
  ).action(async (o) => {
    const { items } = await createClient().system.schedule()
    if (o.json) return sayJson(items)
    const row = (i: (typeof items)[number]): Cell[] => [
      everyWords(i.every),
      i.nextAt?.slice(0, 19).replace('T', ' ') ?? '–',
      i.key,
      i.lastError ? [`${i.what} — FAILING: ${i.lastError}`, 'bad'] : i.what,
    ]
    say(table(['EVERY', 'NEXT (UTC)', 'KEY', 'WHAT'], items.map(row)))
  })
