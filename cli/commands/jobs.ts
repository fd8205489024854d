import type { z } from 'zod'
import { environment } from '../../contract/base.ts'
import { type JobStatus, type jobRow, jobStatuses, jobViews } from '../../contract/jobs/index.ts'
import { createClient } from '../client.ts'
import { type Define, examples, json, limit, oneOf } from '../command.ts'
import { placesOf } from '../find.ts'
import { type Cell, collect, duration, say, sayJson, table, wallTime, zoneHere } from '../output.ts'
import { whenWords } from '../schedule-words.ts'

const tones: Partial<Record<JobStatus, 'bad' | 'warn' | 'good' | 'quiet'>> = {
  missing: 'bad',
  failed: 'bad',
  running_long: 'warn',
  late: 'warn',
  unknown: 'warn',
  ok: 'good',
  paused: 'quiet',
}

export const defineJobs: Define = (program) =>
  examples(
    program
      .command('jobs')
      .description('scheduled jobs, what needs somebody first')
      .addOption(oneOf('--view <view>', 'which', jobViews).default('all'))
      .addOption(oneOf('--state <state>', 'in this state', jobStatuses))
      .addOption(oneOf('--environment <environment>', 'there', environment.options))
      .addOption(
        oneOf('--unusual <what>', 'whose last run was unusual in this', ['any', 'duration', 'volume'] as const),
      )
      .option('--team <team>', 'of this team: its name, slug or id')
      .option('--service <service>', 'of this service: its name, slug or id')
      .option('--search <text>', 'part of the name')
      .addOption(limit())
      .addOption(json()),
    'watchfloor jobs --view trouble',
    "watchfloor jobs --json | jq -r '.[] | [.slug, .id] | @tsv'   # the ids for `watchfloor run`",
  ).action(async (o) => {
    const client = createClient()
    const filter = {
      view: o.view,
      state: o.state,
      environment: o.environment,
      unusual: o.unusual,
      q: o.search,
      ...(await placesOf(client, o)),
    }
    const jobs = await collect(o.limit, (page) => client.jobs.list({ ...filter, ...page }))
    if (o.json) return sayJson(jobs)
    if (jobs.length === 0) return say('No jobs.')
    const here = zoneHere()
    say(table(['STATE', 'JOB', 'WHEN', `LAST (${here})`, 'TOOK', 'EXIT', `DUE (${here})`, 'WHY'], jobs.map(row)))
  })

type Row = z.output<typeof jobRow>

const row = (j: Row): Cell[] => [
  [j.state.replace('_', ' '), tones[j.state] ?? null],
  j.slug,
  whenWords(j.schedule, j.follows?.name),
  wallTime(j.lastAt),
  duration(j.lastMs),
  j.lastExit === null ? '–' : [String(j.lastExit), j.lastExit === 0 ? null : 'bad'],
  wallTime(j.dueAt),
  j.reason,
]
