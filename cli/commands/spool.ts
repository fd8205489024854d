import { CliError, exitCodes } from '../client.ts'
import { type Define, examples, group, json } from '../command.ts'
import { type Cell, say, sayJson, table, wallTime, zoneHere } from '../output.ts'
import { deliver } from '../run/courier.ts'
import { contents, spoolFolder } from '../run/spool.ts'

const what = 'pings of `watchfloor run` that wait for the server'

export const defineSpoolList: Define = (program) =>
  examples(
    group(program, 'spool', what).command('list').description('what waits, and what was refused').addOption(json()),
    'watchfloor spool list',
  ).action((o) => {
    const all = contents().map(({ ping, bytes, refused }) => ({
      job: ping.job,
      kind: ping.kind,
      status: ping.status,
      at: new Date(ping.at).toISOString(),
      run: ping.run,
      bytes,
      refused,
    }))
    if (o.json) return sayJson(all)
    if (all.length === 0) return say(`Nothing waits in ${spoolFolder()}.`)
    const row = (p: (typeof all)[number]): Cell[] => [
      wallTime(p.at),
      p.job,
      p.kind === 'finish' ? `exit ${p.status}` : p.kind,
      p.refused === null ? 'waits' : [`refused: ${p.refused}`, 'bad'],
    ]
    say(table([`AT (${zoneHere()})`, 'JOB', 'WHAT', ''], all.map(row)))
  })

export const defineSpoolFlush: Define = (program) =>
  examples(
    group(program, 'spool', what)
      .command('flush')
      .description('deliver what waits, with the times at which it happened')
      .option('--for <seconds>', 'how long to try while the server is away', '10')
      .addOption(json()),
    'watchfloor spool flush',
    'watchfloor spool flush --for 600   # in a timer, after a long outage',
  ).action(async (o) => {
    const seconds = Number(o.for)
    if (!(seconds >= 0)) throw new CliError('--for must be a number of seconds.', exitCodes.usage)
    const shows = process.stderr.isTTY
    const outcome = await deliver(seconds * 1000, (done, left) => {
      if (shows) process.stderr.write(`\r${done} delivered, ${left} left \u001b[K`)
    })
    if (shows) process.stderr.write('\r\u001b[K')
    if (o.json) sayJson(outcome)
    else say(`${outcome.delivered} delivered, ${outcome.refused.length} refused, ${outcome.left} left.`)
    if (outcome.left > 0) throw new CliError(outcome.why ?? 'Others are delivering.', exitCodes.unreachable)
    if (outcome.refused[0]) throw new CliError(outcome.refused[0])
  })
