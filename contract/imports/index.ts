import { z } from 'zod'
import { environment, id, instant, line, route, zone } from '../base.ts'
import { jobSchedule } from '../jobs/schedule.ts'

/** What an importer takes may be less. */
const MOST_TEXT = 32_000_000

const place = { file: z.string(), line: z.number() }
const externalId = z.string().min(1).max(500)

const importFile = z.object({
  name: line(500).meta({ description: 'With its path where that says what it is, such as /etc/cron.d/eod' }),
  text: z.string().max(MOST_TEXT, 'must have at most 32 million characters'),
})

const origin = {
  kind: line(50).optional().meta({ description: 'Of the importer; guessed unless told' }),
  files: z
    .array(importFile)
    .min(1, 'must be at least one file')
    .max(1_000, 'must be at most 1,000 files')
    .refine((files) => files.reduce((sum, f) => sum + f.text.length, 0) <= MOST_TEXT, {
      error: 'must have at most 32 million characters together',
    }),
  zone: zone.meta({ description: 'Of the machines that run the jobs, where the files name none' }),
  host: line(200).nullable().default(null).meta({
    description: 'The machine or cluster that the files come from: part of what its jobs are known by',
  }),
  teamId: id.nullable().optional().meta({ description: 'Of new jobs: the team that owns the service, unless told' }),
  serviceId: id.nullable().default(null).meta({ description: 'Of new jobs' }),
  environment: environment.default('prod'),
}

export const previewImportInput = z.object(origin)
export const applyImportInput = z.object({
  ...origin,
  chosen: z.array(externalId).max(50_000).optional().meta({
    description: 'External ids of those to create or change; all that the preview names so, unless told',
  }),
})
export type ImportInput = z.output<typeof previewImportInput>

export const importResults = ['created', 'changed', 'unchanged', 'skipped', 'refused'] as const
export type ImportResult = (typeof importResults)[number]

const importCounts = z.record(z.enum(importResults), z.number())

/** A job of the files, and what an import does with it. */
export const importItem = z.object({
  ...place,
  result: z.enum(importResults),
  reason: z.string().nullable().meta({ description: 'Why it is skipped or refused' }),
  externalId: externalId.nullable(),
  name: z.string().nullable(),
  schedule: jobSchedule.nullable(),
  nextAt: instant.nullable().meta({ description: 'When it is due next' }),
  command: z.string(),
  host: z.string().nullable(),
  jobId: id.nullable().meta({ description: 'The job that it is here already' }),
  fields: z.array(z.object({ field: z.string(), before: z.unknown(), after: z.unknown() })).meta({
    description: 'What has changed since its last import',
  }),
  pastRuns: z.number().meta({
    description: 'Runs that have ended, as a report tells them: those before its first own one come on record',
  }),
})
export type ImportItem = z.output<typeof importItem>

export const importPreview = z.object({
  kind: z.string(),
  title: z.string(),
  counts: importCounts,
  items: z.array(importItem).meta({ description: 'In the order of the files' }),
  amounts: z.number().meta({
    description:
      'Resources of which it would say how much there is, for administrators; findings of the rule amount name them',
  }),
  findings: z
    .array(z.object({ ...place, rule: z.string(), severity: z.enum(['info', 'warn']), message: z.string() }))
    .meta({ description: 'What their owner may not have meant' }),
})
export type ImportPreview = z.output<typeof importPreview>

export const imported = z.object({
  kind: z.string(),
  counts: importCounts,
  pastRuns: z.number().meta({ description: 'Runs of the past that have come on record' }),
  amounts: z.number().meta({ description: 'Resources of which it has said how much there is' }),
  jobs: z.array(z.object({ id, externalId, result: z.enum(['created', 'changed']) })),
})

const importer = z.object({ kind: z.string(), title: z.string(), help: z.string() })

const tags = ['jobs']

/** Bringing in the jobs of other schedulers, from their files. */
export const imports = {
  importers: route
    .route({ method: 'GET', path: '/jobs/importers', summary: 'Schedulers whose jobs can be imported', tags })
    .output(z.object({ items: z.array(importer) })),
  preview: route
    .route({
      method: 'POST',
      path: '/jobs/imports/preview',
      summary: 'What an import of files of another scheduler would do',
      tags,
    })
    .input(previewImportInput)
    .output(importPreview),
  apply: route
    .route({ method: 'POST', path: '/jobs/imports', summary: 'Import jobs of another scheduler', tags })
    .input(applyImportInput)
    .output(imported),
}
