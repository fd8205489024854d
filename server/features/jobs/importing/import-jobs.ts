import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { importInput } from '../../../../contract/jobs/imports.ts'
import type { Context } from '../../../platform/context.ts'
import { differences } from '../../../platform/declare/differences.ts'
import { ref } from '../../../platform/events.ts'
import { verb } from '../../../platform/verb.ts'
import { changeJob } from '../change.ts'
import { jobChanged, jobsImported } from '../events.ts'
import { freeSlugs } from '../free-slugs.ts'
import { insertJobs } from '../insert.ts'
import { readWaits } from '../waits.ts'
import type { Known } from './known-jobs.ts'
import { type Plan, type Planned, planImport, type Said } from './plan.ts'

const IMPORT_LOCK = 928_200_037
/** So that no statement has more parameters than PostgreSQL takes. */
const AT_ONCE = 1_000

type Written = { id: string; externalId: string; said: Said }

/** Creates and changes what the preview of the same files says, in one transaction: all of the chosen ones, or none. */
export const importJobs = verb('job.import', {
  permission: 'job.write',
  input: importInput,
  async run(ctx, { chosen, ...input }) {
    // Two at once would each create what the other creates.
    await sql`select pg_advisory_xact_lock(${IMPORT_LOCK})`.execute(ctx.db)
    const plan = await planImport(ctx, input)
    const ticked = chosen && new Set(chosen)
    const mine = plan.all.filter(({ item }) => item.externalId && (!ticked || ticked.has(item.externalId)))
    const created = await create(ctx, plan, mine)
    const changed = await change(ctx, mine)
    await writeOrigins(ctx, plan.kind.kind, [...created, ...changed])
    const answer = {
      kind: plan.kind.kind,
      counts: { ...plan.counts, created: created.length, changed: changed.length },
      jobs: [
        ...created.map(({ id, externalId }) => ({ id, externalId, result: 'created' as const })),
        ...changed.map(({ id, externalId }) => ({ id, externalId, result: 'changed' as const })),
      ],
    }
    if (answer.jobs.length === 0) return ctx.unchanged(answer)
    ctx.record(jobsImported, {
      subject: ref('import', plan.kind.kind),
      team: plan.usual.teamId,
      data: { kind: plan.kind.kind, created: created.length, changed: changed.length },
    })
    return answer
  },
})

const create = async (ctx: Context, { usual }: Plan, mine: readonly Planned[]): Promise<Written[]> => {
  const made = mine.flatMap(({ item, said }) =>
    item.result === 'created' && said && item.externalId
      ? [{ id: randomUUID(), externalId: item.externalId, said }]
      : [],
  )
  for (let from = 0; from < made.length; from += AT_ONCE) {
    const some = made.slice(from, from + AT_ONCE)
    const slugs = await freeSlugs(
      ctx,
      some.map(({ id, said }) => ({ id, name: said.fields.name })),
    )
    await insertJobs(
      ctx,
      some.map(({ id, said }, at) => ({ ...usual, ...said.fields, id, slug: slugs[at] ?? id })),
    )
  }
  return made
}

const change = async (ctx: Context, mine: readonly Planned[]): Promise<Written[]> => {
  const written: Written[] = []
  for (const { item, said, known } of mine) {
    if (item.result !== 'changed' || !said || !known || !item.externalId) continue
    const names = item.fields.map(({ field }) => field)
    const fields = names.includes('waits') ? { ...said.fields, waits: await waitsWith(ctx, known, said) } : said.fields
    const own = Object.entries(fields).filter(([field]) => names.includes(field))
    // What its scheduler did not change stays as people have it here.
    if (own.length > 0) await changeJob.run(ctx, { id: known.id, ...Object.fromEntries(own) })
    const kept = names.filter((field) => field in said.kept)
    // Their values may hold passwords: they stand with the job, not in the log.
    if (kept.length > 0)
      ctx.record(jobChanged, {
        subject: ref('job', known.id),
        team: known.teamId,
        data: { name: known.name, before: {}, after: Object.fromEntries(kept.map((field) => [field, 'imported'])) },
      })
    written.push({ id: known.id, externalId: item.externalId, said })
  }
  return written
}

/** Each part of what it waits for by itself: who holds it here goes on to hold it when its condition changes there. */
const waitsWith = async (ctx: Context, { id, said: before }: Known, { fields: { waits } }: Said) => {
  const here = await readWaits(ctx.db, id)
  if (!waits || !here || !before.waits) return waits
  const changed = new Set(differences({ ...waits }, before.waits as Record<string, unknown>).map(({ field }) => field))
  return { ...here, ...Object.fromEntries(Object.entries(waits).filter(([field]) => changed.has(field))) }
}

const writeOrigins = async (ctx: Context, kind: string, all: readonly Written[]): Promise<void> => {
  for (let from = 0; from < all.length; from += AT_ONCE) {
    const rows = all.slice(from, from + AT_ONCE).map(({ id, externalId, said }) => ({
      job_id: id,
      kind,
      external_id: externalId,
      host: said.kept.host,
      command: said.kept.command,
      attributes: JSON.stringify(said.kept.attributes),
      deadlines: JSON.stringify(said.kept.deadlines),
      said: JSON.stringify(said.fields),
      imported_at: ctx.now(),
    }))
    await ctx.db
      .insertInto('job_origins')
      .values(rows)
      .onConflict((on) =>
        on.column('job_id').doUpdateSet((eb) => ({
          host: eb.ref('excluded.host'),
          command: eb.ref('excluded.command'),
          attributes: eb.ref('excluded.attributes'),
          deadlines: eb.ref('excluded.deadlines'),
          said: eb.ref('excluded.said'),
          imported_at: eb.ref('excluded.imported_at'),
        })),
      )
      .execute()
  }
}
