import { sql } from 'kysely'
import { z } from 'zod'
import { type Applied, applyInput, type DeclaredChange } from '../../../contract/declarations.ts'
import type { Context } from '../context.ts'
import { AppError, type FieldProblem } from '../errors.ts'
import { eventType, ref } from '../events.ts'
import { RollBack, verb } from '../verb.ts'
import { keysOf, knownBy } from './declaration.ts'
import { differences } from './differences.ts'
import { at, readDocuments } from './documents.ts'
import { called, type Item, readItems } from './plan.ts'

const APPLY_LOCK = 928_200_010
const mostProblems = 50

export const declarationsApplied = eventType(
  'declarations.applied',
  z.object({ files: z.array(z.string()), created: z.number(), changed: z.number() }),
  ({ files, created, changed }, who) =>
    `${who} applied ${files.length === 1 ? files[0] : `${files.length} files`}: ${created} created, ${changed} changed.`,
)

/**
 * Brings what is kept in line with files, in one transaction: all of it, or nothing. Throws `invalid_input` with a
 * problem for each place, `file:line` first.
 */
export const applyDeclarations = verb('declarations.apply', {
  permission: 'declaration.write',
  input: applyInput,
  async run(ctx, { files, dryRun }): Promise<Applied> {
    const { declarations, foreign } = ctx.registry
    const { documents, problems } = readDocuments(files)
    const read = readItems(documents, declarations, foreign)
    refuse([...problems, ...read.problems])
    // Two at once would each plan on what the other is changing.
    await sql`select pg_advisory_xact_lock(${APPLY_LOCK})`.execute(ctx.db)
    const changes = await applyItems(ctx, read.items)
    const answer = { dryRun, changes, notes: read.notes }
    if (dryRun) throw new RollBack(answer)
    const count = (act: string) => changes.filter((c) => c.act === act).length
    if (changes.every((c) => c.act === 'none')) return ctx.unchanged(answer)
    ctx.record(declarationsApplied, {
      subject: ref('declarations', 'all'),
      data: { files: files.map((f) => f.name), created: count('create'), changed: count('change') },
    })
    return answer
  },
})

const applyItems = async (ctx: Context, items: readonly Item[]): Promise<DeclaredChange[]> => {
  const changes: DeclaredChange[] = []
  const problems: FieldProblem[] = []
  for (const declaration of new Set(items.map((i) => i.declaration))) {
    const ofKind = items.filter((i) => i.declaration === declaration)
    const all = (await declaration.stored(ctx)).map((s) => ({ ...s, known: knownBy(declaration, s.item).id }))
    const stored = new Map(all.map((s) => [s.known, s]))
    for (const item of ofKind)
      if (all.filter((s) => s.known === item.id).length > 1)
        problems.push(
          problemOf(item, keysOf(declaration)[0] ?? '', 'is the name of several; rename all but one of them first'),
        )
    const planned = ofKind.map((item) => {
      const known = stored.get(item.id)
      return { item, id: known?.id ?? null, fields: differences(item.wanted, known?.item ?? null) }
    })
    const changing = planned.filter((p) => p.id === null || p.fields.length > 0)
    for (const { item, id } of changing) await told(item, problems, () => declaration.write(ctx, item.wanted, id))
    for (const { item } of changing) await told(item, problems, async () => declaration.relate?.(ctx, item.wanted))
    for (const { item, id, fields } of planned)
      changes.push({
        kind: declaration.kind,
        name: item.name,
        act: id === null ? 'create' : fields.length > 0 ? 'change' : 'none',
        file: item.from.file,
        line: item.from.line,
        fields,
      })
  }
  refuse(problems)
  return changes
}

/** What a verb refuses is told with the place in the file; what the database refused has ended the transaction. */
const told = async (item: Item, problems: FieldProblem[], run: () => Promise<void>): Promise<void> => {
  try {
    await run()
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const known = error.fields.length > 0 ? error.fields : [{ field: '', problem: error.message }]
    for (const { field, problem } of known) problems.push(problemOf(item, field, problem))
    if (problems.length >= mostProblems) refuse(problems)
  }
}

const problemOf = (item: Item, field: string, problem: string): FieldProblem => ({
  field: at({ file: item.from.file, line: item.from.lineOf(field) }, `${called(item)}${field ? ` ${field}` : ''}`),
  problem,
})

const refuse = (problems: readonly FieldProblem[]): void => {
  if (problems.length === 0) return
  const first = problems.slice(0, mostProblems)
  const more = problems.length - first.length
  throw new AppError(
    'invalid_input',
    [
      'Nothing was applied.',
      ...first.map((p) => `${p.field}: ${p.problem}`),
      ...(more > 0 ? [`and ${more} more`] : []),
    ].join('\n'),
    { fields: first },
  )
}
