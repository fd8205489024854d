import type { BacktestFound } from '../../contract/chains/index.ts'
import { CliError, createClient, exitCodes } from '../client.ts'
import { type Define, examples, group, json } from '../command.ts'
import { findDeadline, placesOf } from '../find.ts'
import { type Cell, facts, say, sayJson, table, warn } from '../output.ts'

export const defineJobsBacktest: Define = (program) =>
  examples(
    group(program, 'jobs', 'scheduled jobs')
      .command('backtest')
      .description('play the nights on record again: what predictions and alarms were worth, beside two baselines')
      .argument('[deadline]', 'its name, slug or id; all of them unless told')
      .option('--team <team>', 'of the deadlines of this team: its name, slug or id')
      .option('--from <date>', 'the first business date that is judged; 90 days before the last unless told')
      .option('--until <date>', 'the last one; the one before that of now unless told')
      .addOption(json()),
    'watchfloor jobs backtest "EOD P&L"',
    'watchfloor jobs backtest --team "L2 markets" --from 2026-07-01 --until 2026-09-30',
    "watchfloor jobs backtest --json | jq '.limits[] | [.limit, .falseAlarms, .warning.mean]'",
  ).action(async (given, o) => {
    if (given && o.team) throw new CliError('Name a deadline or a team, not both.', exitCodes.usage)
    const client = createClient()
    const ask = {
      ...(given ? { deadlineId: await findDeadline(client, given) } : await placesOf(client, { team: o.team })),
      ...(o.from && { from: o.from }),
      ...(o.until && { until: o.until }),
    }
    if (process.stderr.isTTY) process.stderr.write('The nights are played again …')
    const found = await client.chains.backtest(ask).finally(() => {
      if (process.stderr.isTTY) process.stderr.write('\r\u001b[K')
    })
    if (o.json) return sayJson(found)
    for (const { deadline, why } of found.deadlines) if (why) warn(`${deadline.name}: ${why}`)
    if (found.more) warn('There are more deadlines. Name one, or a team.')
    say(found.nights === 0 ? 'No night could be judged.' : shown(found))
  })

const percent = (share: number) => `${Math.round(share * 100)} %`
const minutes = (value: number) => `${Math.round(value)} min`

const shown = (found: BacktestFound): string => {
  const { ours, misses, baselines } = found
  const method = (name: string, s: BacktestFound['ours']): Cell[] => [
    name,
    s.pinball.p50.toFixed(1),
    s.pinball.p80.toFixed(1),
    s.pinball.p95.toFixed(1),
    String(s.falseAlarms),
    `${s.warned} of ${misses}`,
    minutes(s.warning.mean),
  ]
  const names = { 'last-ten': 'average of ten runs', 'three-sigma': 'mean ± 3 sigma' } as const
  return [
    facts([
      ['nights', `${found.nights}, ${misses} missed, from ${found.from} to ${found.until}`],
      ['blocked', found.blocked.nights > 0 && `${found.blocked.nights}, ${found.blocked.inTime} in time all the same`],
    ]),
    '',
    table(
      ['BY', 'LOSS 50 %', 'LOSS 80 %', 'LOSS 95 %', 'FALSE', 'WARNED OF', 'WARNING'],
      [method('watchfloor', ours), ...baselines.map(({ name, score }) => method(names[name], score))],
    ),
    '',
    table(
      ['ALARM OVER', 'FALSE', 'WARNED OF', 'WARNING'],
      found.limits.map((one): Cell[] => [
        percent(one.limit),
        String(one.falseAlarms),
        `${one.warned} of ${misses}`,
        minutes(one.warning.mean),
      ]),
    ),
    '',
    table(
      ['SAID', 'TIMES', 'MISSED'],
      found.calibration.map((bin): Cell[] => [
        `${percent(bin.from)} to ${percent(bin.to)}`,
        String(bin.forecasts),
        percent(bin.missed),
      ]),
    ),
    ...nightsOf(found),
  ].join('\n')
}

const nightsOf = ({ troubled }: BacktestFound): string[] => {
  const missed = troubled.filter((night) => night.missed)
  if (missed.length === 0) return []
  const before = (value: number | null) => (value === null ? 'none' : minutes(value))
  return [
    '',
    table(
      ['MISSED', 'DEADLINE', 'WATCHFLOOR', 'TEN RUNS', '3 SIGMA'],
      missed.map((night): Cell[] => [
        night.date,
        night.deadline.name,
        before(night.warning.ours),
        before(night.warning.lastTen),
        before(night.warning.threeSigma),
      ]),
    ),
  ]
}
