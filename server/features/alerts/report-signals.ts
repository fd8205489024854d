import { monitorsKind } from '../../../contract/alerts/words.ts'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { createFloodGauge, dueOf } from './flip-due.ts'
import { countIntake } from './journal.ts'
import type { Signal } from './signal.ts'
import { type Stored, storeSignals } from './store-signals.ts'
import { tidy } from './tidy.ts'

const priorityOf = createFloodGauge()

/**
 * Takes signals in, in the caller's transaction, without a journal: for what finds trouble inside of Watchfloor. Their
 * alerts follow from due work after the commit. Inner function.
 */
export const reportSignals = async (ctx: Context, sourceId: string, signals: readonly Signal[]): Promise<void> => {
  const stored = await keepSignals(ctx, sourceId, signals, null)
  for (const work of dueOf(stored, ctx.now(), priorityOf)) ctx.due(work)
}

/** As `reportSignals`, but leaves the alerts to the caller. */
export const keepSignals = async (
  ctx: Context,
  sourceId: string,
  signals: readonly Signal[],
  journalId: string | null,
): Promise<Stored> => {
  if (signals.length === 0) return { flips: [], acknowledged: [], written: [] }
  const at = Temporal.Instant.fromEpochMilliseconds(ctx.now().epochMilliseconds)
  const received = signals.map((s) => ({ sourceId, signal: tidy(s), journalId }))
  const counted = countIntake([{ sourceId, signals: signals.length, problem: null }], at)
  return storeSignals(ctx.db, received, at, { take: true, also: [counted] })
}

/** The id of the built-in source through which our own monitors report; made when it is asked for first. Inner function. */
export const monitorSource = async (ctx: Context): Promise<string> => {
  const find = () => ctx.db.selectFrom('sources').select('id').where('kind', '=', monitorsKind).executeTakeFirst()
  const found = await find()
  if (found) return found.id
  await ctx.db
    .insertInto('sources')
    .values({
      id: newId(),
      kind: monitorsKind,
      slug: monitorsKind,
      name: 'Monitors',
      created_at: ctx.now(),
      updated_at: ctx.now(),
    })
    .onConflict((c) => c.column('slug').doNothing())
    .execute()
  const made = await find()
  if (!made) throw new Error(`The slug ${monitorsKind} belongs to another source.`)
  return made.id
}
