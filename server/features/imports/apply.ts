import { sql } from 'kysely'
import { applyImportInput } from '../../../contract/imports/index.ts'
import { ref } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { writeAmounts, writeImported, writePastRuns } from '../jobs/index.ts'
import { jobsImported } from './events.ts'
import { planImport } from './plan.ts'

const IMPORT_LOCK = 928_200_037

/** Creates and changes what the preview of the same files says, in one transaction: all of the chosen ones, or none. */
export const applyImport = verb('job.import', {
  permission: 'job.write',
  input: applyImportInput,
  async run(ctx, { chosen, ...input }) {
    // Two at once would each create what the other creates.
    await sql`select pg_advisory_xact_lock(${IMPORT_LOCK})`.execute(ctx.db)
    const plan = await planImport(ctx, input)
    const ticked = chosen && new Set(chosen)
    const mine = plan.all.flatMap(({ item, said, known }) =>
      said && item.externalId && (!ticked || ticked.has(item.externalId))
        ? [{ result: item.result, externalId: item.externalId, said, known, fields: item.fields }]
        : [],
    )
    const { created, changed } = await writeImported(ctx, plan.kind.kind, plan.usual, {
      newcomers: mine.filter(({ result }) => result === 'created'),
      changes: mine.flatMap(({ result, known, fields, ...rest }) =>
        result === 'changed' && known ? [{ ...rest, known, changed: fields.map(({ field }) => field) }] : [],
      ),
    })
    const runsOf = new Map(plan.all.map(({ item, runs }) => [item.externalId, runs]))
    const ids = new Map([
      // They have nothing to be chosen for but their runs.
      ...plan.all.flatMap(({ item, known }) =>
        known && item.externalId && item.result === 'unchanged' ? [[item.externalId, known.id] as const] : [],
      ),
      ...[...created, ...changed].map(({ id, externalId }) => [externalId, id] as const),
    ])
    const pastRuns = await writePastRuns(
      ctx,
      [...ids].map(([externalId, jobId]) => ({ jobId, runs: runsOf.get(externalId) ?? [] })),
    )
    await writeAmounts(ctx, plan.amounts)
    const answer = {
      kind: plan.kind.kind,
      counts: { ...plan.counts, created: created.length, changed: changed.length },
      pastRuns,
      amounts: plan.amounts.size,
      jobs: [
        ...created.map(({ id, externalId }) => ({ id, externalId, result: 'created' as const })),
        ...changed.map(({ id, externalId }) => ({ id, externalId, result: 'changed' as const })),
      ],
    }
    // What amounts there are is told by events of their own.
    if (answer.jobs.length === 0 && pastRuns === 0) return plan.amounts.size > 0 ? answer : ctx.unchanged(answer)
    ctx.record(jobsImported, {
      subject: ref('import', plan.kind.kind),
      team: plan.usual.teamId,
      data: { kind: plan.kind.kind, created: created.length, changed: changed.length, pastRuns },
    })
    return answer
  },
})
