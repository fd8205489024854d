import { randomUUID } from 'node:crypto'
import type { z } from 'zod'
import { noFilters, type PingFilters } from '../../../../contract/jobs/filters.ts'
import type { createJobInput } from '../../../../contract/jobs/inputs.ts'
import type { ImportedDeadline } from '../../../../contract/jobs/waits.ts'
import type { Context } from '../../../platform/context.ts'
import { differences } from '../../../platform/declare/differences.ts'
import { ref } from '../../../platform/events.ts'
import { changeFields } from '../change.ts'
import { jobChanged } from '../events.ts'
import { freeSlugs } from '../free-slugs.ts'
import { insertJobs } from '../insert.ts'
import { readWaits } from '../waits.ts'
import type { Known } from './known-jobs.ts'

type NewFields = z.output<typeof createJobInput>

/** What a scheduler says of a job: its fields here, and those that its origin keeps. */
export type Said = {
  fields: Pick<
    NewFields,
    'name' | 'description' | 'schedule' | 'graceSeconds' | 'maxRunSeconds' | 'minRunSeconds' | 'tags'
  > &
    Partial<Pick<NewFields, 'waits' | 'filters'>>
  kept: {
    command: string
    host: string | null
    attributes: Record<string, unknown>
    deadlines: ImportedDeadline[]
  }
}

/** What a job has where its scheduler says nothing of it. */
export type Usual = NewFields & { teamId: string | null }

type Newcomer = { externalId: string; said: Said }
/** `changed`: the fields that its scheduler says otherwise than before. */
type Change = Newcomer & { known: Known; changed: readonly string[] }
type Written = Newcomer & { id: string }

/** So that no statement has more parameters than PostgreSQL takes. */
const AT_ONCE = 1_000

/** Creates and changes jobs of another scheduler, and keeps what was said of them. Inner function. */
export const writeImported = async (
  ctx: Context,
  kind: string,
  usual: Usual,
  { newcomers, changes }: { newcomers: readonly Newcomer[]; changes: readonly Change[] },
): Promise<{ created: Written[]; changed: Written[] }> => {
  const created = await create(ctx, usual, newcomers)
  const changed: Written[] = []
  for (const one of changes) {
    await change(ctx, one)
    changed.push({ id: one.known.id, externalId: one.externalId, said: one.said })
  }
  await writeOrigins(ctx, kind, [...created, ...changed])
  return { created, changed }
}

const create = async (ctx: Context, usual: Usual, newcomers: readonly Newcomer[]): Promise<Written[]> => {
  const made = newcomers.map((one) => ({ ...one, id: randomUUID() }))
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

const change = async (ctx: Context, { said, known, changed }: Change): Promise<void> => {
  const fields = {
    ...said.fields,
    ...(changed.includes('waits') && { waits: await waitsWith(ctx, known, said) }),
    ...(changed.includes('filters') && { filters: await filtersWith(ctx, known.id, said) }),
  }
  const own = Object.entries(fields).filter(([field]) => changed.includes(field))
  // What its scheduler did not change stays as people have it here.
  if (own.length > 0) await changeFields(ctx, { id: known.id, ...Object.fromEntries(own) })
  const kept = changed.filter((field) => field in said.kept)
  // Their values may hold passwords: they stand with the job, not in the log.
  if (kept.length > 0)
    ctx.record(jobChanged, {
      subject: ref('job', known.id),
      team: known.teamId,
      data: { name: known.name, before: {}, after: Object.fromEntries(kept.map((field) => [field, 'imported'])) },
    })
}

/** Each part of what it waits for by itself: who holds it here goes on to hold it when its condition changes there. */
const waitsWith = async (ctx: Context, { id, said: before }: Known, { fields: { waits } }: Said) => {
  const here = await readWaits(ctx.db, id)
  if (!waits || !here || !before.waits) return waits
  const changed = new Set(differences({ ...waits }, before.waits as Record<string, unknown>).map(({ field }) => field))
  return { ...here, ...Object.fromEntries(Object.entries(waits).filter(([field]) => changed.has(field))) }
}

/** Of what counts a scheduler says the exit statuses alone. */
const filtersWith = async (ctx: Context, id: string, { fields }: Said): Promise<PingFilters> => {
  const row = await ctx.db.selectFrom('jobs').select('filters').where('id', '=', id).executeTakeFirst()
  return { ...noFilters, ...(row?.filters as unknown as PingFilters), exits: fields.filters?.exits }
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
