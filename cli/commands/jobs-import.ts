import { basename } from 'node:path'
import { environment } from '../../contract/base.ts'
import type { ImportItem, ImportPreview } from '../../contract/imports/index.ts'
import { createClient } from '../client.ts'
import { type Define, examples, group, json, oneOf } from '../command.ts'
import { filesAt } from '../files-at.ts'
import { placesOf } from '../find.ts'
import { type Cell, cleanText, paint, say, sayJson, table, zoneHere } from '../output.ts'
import { whenWords } from '../schedule-words.ts'

export const defineJobsImport: Define = (program) =>
  examples(
    group(program, 'jobs', 'scheduled jobs')
      .command('import <path...>')
      .description(
        'import jobs of another scheduler (crontab, anacron, systemd timers, Kubernetes CronJobs, AutoSys, CSV): says what it would do, and does it with --apply; our own YAML goes by `apply`',
      )
      .option('--apply', 'create and change what is said', false)
      .option(
        '--kind <kind>',
        'what the files are, where it is not guessed: crontab, system-crontab, anacron, systemd, jil …',
      )
      .option('--host <name>', 'the machine or cluster that they come from: part of what its jobs are known by')
      .option('--zone <zone>', 'of the machines that run the jobs, where the files name none', zoneHere())
      .option('--team <team>', 'of new jobs: its name, slug or id')
      .option('--service <service>', 'of new jobs: its name, slug or id')
      .addOption(oneOf('--environment <environment>', 'of new jobs', environment.options).default('prod'))
      .option('--all', 'name those that are as their file says as well', false)
      .addOption(json()),
    'crontab -l | watchfloor jobs import - --host prdbat01 --team markets-support',
    'watchfloor jobs import /etc/cron.d --host prdbat01 --apply',
    "systemctl cat '*.timer' '*.service' | watchfloor jobs import - --host prdbat01",
    'kubectl get cronjobs -A -o json | watchfloor jobs import - --host prod-ldn',
    'watchfloor jobs import all.jil calendars.txt now.txt past.txt --host PRD --zone Europe/London',
  ).action(async (paths: string[], o) => {
    const client = createClient()
    const input = {
      files: paths.flatMap(filesAt),
      kind: o.kind,
      zone: o.zone,
      host: o.host ?? null,
      environment: o.environment,
      ...(await placesOf(client, o)),
    }
    const preview = await client.imports.preview(input)
    const done = o.apply ? await client.imports.apply(input) : null
    if (o.json) return sayJson(done ?? preview)
    say(told(preview, o.all))
    say(
      done
        ? sumOf(done.counts, 'Were', done.pastRuns)
        : `${sumOf(preview.counts, 'Would be', pastRunsIn(preview))} Nothing was changed: --apply does it.`,
    )
  })

const tones = { created: 'good', changed: 'warn', unchanged: 'quiet', skipped: 'quiet', refused: 'bad' } as const

const told = (preview: ImportPreview, all: boolean): string => {
  const shown = preview.items.filter(({ result }) => all || result !== 'unchanged')
  const parts = shown.length > 0 ? [table(['RESULT', 'LINE', 'JOB', 'WHEN', 'WHY'], shown.map(row))] : []
  for (const { file, line, severity, message } of preview.findings)
    parts.push(
      `${paint(severity === 'warn' ? 'Note' : 'Info', severity === 'warn' ? 'warn' : 'quiet')} ${cleanText(`${place(file, line)}: ${message}`)}`,
    )
  return [`Read as ${preview.title}.`, ...parts].join('\n')
}

const place = (file: string, line: number): string => `${basename(file)}:${line}`

const row = (item: ImportItem): Cell[] => [
  [item.result, tones[item.result]],
  place(item.file, item.line),
  item.name ?? '–',
  when(item),
  item.reason ?? item.fields.map(({ field }) => field).join(', '),
]

const when = ({ schedule }: ImportItem): string => (schedule ? whenWords(schedule) : '–')

const pastRunsIn = ({ items }: ImportPreview): number => items.reduce((sum, one) => sum + one.pastRuns, 0)

const sumOf = (counts: ImportPreview['counts'], verb: string, pastRuns: number): string =>
  `${verb} created: ${counts.created}, changed: ${counts.changed}; unchanged: ${counts.unchanged}, skipped: ${counts.skipped}, refused: ${counts.refused}.${pastRuns > 0 ? ` Past runs: ${pastRuns}.` : ''}`
