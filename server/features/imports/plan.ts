import type { ImportInput, ImportItem, ImportResult } from '../../../contract/imports/index.ts'
import { noFilters } from '../../../contract/jobs/filters.ts'
import { createJobInput } from '../../../contract/jobs/inputs.ts'
import type { JobSchedule } from '../../../contract/jobs/schedule.ts'
import type { ReadContext } from '../../platform/context.ts'
import { differences } from '../../platform/declare/differences.ts'
import { AppError, invalid } from '../../platform/errors.ts'
import { afterOf, type Known, keptRuns, knownJobs, type PastRun, type Said, type Usual } from '../jobs/index.ts'
import { requireCovered, requireOwnTeam, requireService } from '../monitors/index.ts'
import { planAmounts } from './amounts.ts'
import type { Finding, ImportedJob, ImporterKind, Reading } from './define-importer.ts'
import { ImportError } from './import-error.ts'
import { importerOf } from './importer-kinds.ts'

export type Planned = { item: ImportItem; said: Said | null; known: Known | null; runs: readonly PastRun[] }
export type Plan = {
  kind: ImporterKind
  usual: Usual
  all: Planned[]
  findings: Finding[]
  /** How much there is of resources, of which something is to be written. */
  amounts: ReadonlyMap<string, number>
  counts: Record<ImportResult, number>
}

/** What an import of these files does, job by job. Throws where the team or service may not be chosen, or nothing can be read. */
export const planImport = async (ctx: ReadContext, input: ImportInput): Promise<Plan> => {
  const service = await requireService(ctx, input.serviceId, input.environment)
  const teamId = input.teamId === undefined ? service.ownerTeamId : input.teamId
  await requireOwnTeam(ctx, teamId)
  const kind = importerOf(input.kind, input.files)
  const { jobs, findings, refused, amounts: said = [] } = readFiles(kind, input, ctx.now())
  const scarce = await planAmounts(ctx, said)
  const known = await knownJobs(ctx.db, kind.kind, jobs)
  // What a job has where its scheduler says nothing of it.
  const usual = createJobInput.parse({
    name: 'any',
    schedule: { kind: 'period', seconds: 60 },
    serviceId: input.serviceId,
    environment: input.environment,
  })
  const nextOf = nextTimes(ctx.now().epochMilliseconds)
  const refusalOf = teamRefusals(ctx)
  const planned: Planned[] = []
  for (const read of jobs) {
    const job = { ...read, schedule: read.schedule ?? graphSchedule(read, input.zone) }
    const stored = known.get(job.externalId) ?? null
    const said = job.schedule && saidOf(job, job.schedule, usual)
    const refusal = stored && (await refusalOf(stored.teamId))
    const nextAt = job.schedule && nextOf(job.schedule)
    const verdict = refusal ? { result: 'refused' as const, reason: refusal } : verdictOf(job, stored, said, nextAt)
    const runs = keptRuns(job.runs ?? [], ctx.now().epochMilliseconds)
    planned.push({
      item: { ...itemOf(job, stored, nextAt, verdict), pastRuns: runs.length },
      said,
      known: stored,
      runs,
    })
  }
  for (const { file, line, reason } of refused)
    planned.push({ item: { ...nobody, file, line, result: 'refused', reason }, said: null, known: null, runs: [] })
  const order = new Map(input.files.map(({ name }, at) => [name, at]))
  planned.sort((a, b) => (order.get(a.item.file) ?? 0) - (order.get(b.item.file) ?? 0) || a.item.line - b.item.line)
  const counts = { created: 0, changed: 0, unchanged: 0, skipped: 0, refused: 0 }
  for (const { item } of planned) counts[item.result]++
  return {
    kind,
    usual: { ...usual, teamId },
    all: planned,
    findings: [...scarce.findings, ...findings],
    amounts: scarce.amounts,
    counts,
  }
}

const readFiles = (kind: ImporterKind, { files, zone, host }: ImportInput, now: Temporal.Instant): Reading => {
  try {
    return kind.read(files, { zone, host, now })
  } catch (error) {
    if (error instanceof ImportError) throw invalid('files', error.message)
    throw error
  }
}

/** What has no time of its own and a place in the graph begins when what it waits for is done. */
const graphSchedule = ({ waits }: ImportedJob, zone: string): JobSchedule | null =>
  waits && (waits.condition || waits.box || waits.isBox) ? { kind: 'waits', zone } : null

const saidOf = (job: ImportedJob, schedule: JobSchedule, usual: Omit<Usual, 'teamId'>): Said => ({
  fields: {
    name: job.name,
    description: job.description,
    schedule,
    graceSeconds: job.graceSeconds ?? usual.graceSeconds,
    // A box takes as long as its members.
    maxRunSeconds: job.maxRunSeconds ?? (job.waits?.isBox ? null : usual.maxRunSeconds),
    minRunSeconds: job.minRunSeconds ?? usual.minRunSeconds,
    tags: job.tags,
    // What a scheduler knows nothing of is left as people have it here.
    ...(job.goodExits && job.goodExits.length > 0 && { filters: { ...noFilters, exits: job.goodExits } }),
    ...(job.waits && { waits: job.waits }),
  },
  kept: { command: job.command, host: job.host, attributes: job.attributes, deadlines: job.deadlines ?? [] },
})

type Verdict = Pick<ImportItem, 'result' | 'reason'> & { fields?: ImportItem['fields'] }

const verdictOf = (job: ImportedJob, known: Known | null, said: Said | null, nextAt: unknown): Verdict => {
  if (!said) return { result: 'skipped', reason: job.unscheduled }
  if (nextAt === null && said.fields.schedule.kind !== 'waits')
    return { result: 'refused', reason: 'No time fits its schedule any more.' }
  if (known?.archived) return { result: 'skipped', reason: `${known.name} is archived here. Restore it first.` }
  if (!job.enabled)
    return {
      result: 'skipped',
      reason: `Its scheduler does not start it for the time being.${known ? ' Pause it here.' : ''}`,
    }
  if (!known) return { result: 'created', reason: null }
  const fields = differences({ ...said.fields, ...said.kept }, known.said)
  return { result: fields.length > 0 ? 'changed' : 'unchanged', reason: null, fields }
}

const nobody: ImportItem = {
  file: '',
  line: 0,
  result: 'refused',
  reason: null,
  externalId: null,
  name: null,
  schedule: null,
  nextAt: null,
  command: '',
  host: null,
  jobId: null,
  fields: [],
  pastRuns: 0,
}

const itemOf = (job: ImportedJob, known: Known | null, nextAt: string | null, verdict: Verdict): ImportItem => ({
  ...nobody,
  ...verdict,
  file: job.file,
  line: job.line,
  externalId: job.externalId,
  name: job.name,
  schedule: job.schedule,
  nextAt,
  command: job.command,
  host: job.host,
  jobId: known?.id ?? null,
})

/** Many jobs have one schedule: each is asked once. */
const nextTimes = (now: number) => {
  const found = new Map<string, string | null>()
  return (schedule: JobSchedule): string | null => {
    const key = JSON.stringify(schedule)
    const before = found.get(key)
    if (before !== undefined) return before
    const ms = afterOf(schedule)(now)
    const next = ms === null ? null : Temporal.Instant.fromEpochMilliseconds(ms).toString()
    found.set(key, next)
    return next
  }
}

/** Why this actor may not change the jobs of a team, for each team once; null when they may. */
const teamRefusals = (ctx: ReadContext) => {
  const known = new Map<string | null, string | null>()
  return async (teamId: string | null): Promise<string | null> => {
    const found = known.get(teamId)
    if (found !== undefined) return found
    const refusal = await requireCovered(ctx, 'The job that it is here', teamId).then(
      () => null,
      (error: unknown) => {
        if (!(error instanceof AppError)) throw error
        return `${error.message} If yours is another, import it with its host.`
      },
    )
    known.set(teamId, refusal)
    return refusal
  }
}
