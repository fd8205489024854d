import type { Selectable } from 'kysely'
import type { SchedulerAction } from '../../../contract/acts/shapes.ts'
import type { ActName } from '../../../contract/acts/words.ts'
import type { Environment } from '../../../contract/base.ts'
import { keptSecret } from '../../../contract/monitors/secrets.ts'
import type { Instant } from '../../platform/clock.ts'
import type { Context, ReadContext } from '../../platform/context.ts'
import type { Db } from '../../platform/db/pool.ts'
import type { SchedulerActions } from '../../platform/db/schema.gen.ts'
import { AppError, invalid, notFound } from '../../platform/errors.ts'
import { type openConfig, requireCovered } from '../monitors/index.ts'
import { actionKinds } from './action-kinds.ts'
import type { ActionKind } from './define-kind.ts'
import type { JobFacts } from './job-facts.ts'

export type Config = ReturnType<typeof openConfig>

/** What the config of an action is sealed for. */
export const SEALED_ACTION = 'scheduler-action'

export type ActionRow = Selectable<SchedulerActions>

export const selectActions = (db: Db) =>
  db
    .selectFrom('scheduler_actions as a')
    .leftJoin('teams as t', 't.id', 'a.team_id')
    .selectAll('a')
    .select(['t.name as team_name', 't.slug as team_slug'])

type Shown = Omit<SchedulerAction, 'createdAt' | 'updatedAt'> & { createdAt: Instant; updatedAt: Instant }

/** As people see it: secrets are marks, and a kind that this version does not know says so. */
export const showAction = (r: ActionRow & { team_name: string | null }): Shown => ({
  id: r.id,
  name: r.name,
  act: r.act as ActName,
  kind: r.kind,
  config: r.config as Config,
  words: wordsOf(r),
  team: r.team_id === null ? null : { id: r.team_id, name: r.team_name ?? '' },
  scheduler: r.scheduler,
  tags: r.tags,
  environments: r.environments as Environment[],
  createdAt: r.created_at,
  updatedAt: r.updated_at,
  version: r.version,
})

const wordsOf = (r: ActionRow): string => {
  const kind = actionKinds.get(r.kind)
  return kind ? kind.words(kind.prepare(r.config, null)).what : `There is no kind ${r.kind} in this version.`
}

export const readActionRow = async ({ db }: Pick<ReadContext, 'db'>, id: string) => {
  const row = await selectActions(db).where('a.id', '=', id).executeTakeFirst()
  if (!row) throw notFound('The action')
  return row
}

/** Takes the row of an action for this transaction, after its existence, the row scope and the version the caller read. */
export const lockAction = async (ctx: Context, id: string): Promise<ActionRow> => {
  const row = await ctx.db
    .selectFrom('scheduler_actions')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw notFound('The action')
  await requireCovered(ctx, row.name, row.team_id)
  if (ctx.expected !== null && ctx.expected !== row.version)
    throw new AppError('stale', `${row.name} was changed since you read it. Load it again and repeat your change.`)
  return row
}

export const requireFreeName = async (ctx: Context, name: string, but: string | null = null): Promise<void> => {
  const taken = await ctx.db
    .selectFrom('scheduler_actions')
    .select('id')
    .where((eb) => eb(eb.fn<string>('lower', ['name']), '=', name.toLowerCase()))
    .executeTakeFirst()
  if (taken && taken.id !== but) throw invalid('name', `${name} is taken by another action; choose another.`)
}

/** What its kind does not allow here, such as a program that is not on the list. */
export const requireAllowed = (ctx: ReadContext, kind: ActionKind, config: Config): void => {
  if (kind.definedBy === 'administrators' && ctx.scope.rows !== 'all') {
    const problem = 'only an administrator may have programs run on the machine of Watchfloor.'
    throw new AppError('forbidden', `kind: ${problem}`, { fields: [{ field: 'kind', problem }] })
  }
  const refused = kind.refuse(config, { programs: ctx.config.SCHEDULER_PROGRAMS })
  if (refused) throw invalid(`config.${refused.field}`, refused.problem)
}

/** Whether an action is for a job. */
export const isFor = (
  a: Pick<ActionRow, 'team_id' | 'scheduler' | 'tags' | 'environments'>,
  job: Pick<JobFacts, 'teamId' | 'scheduler' | 'tags' | 'environment'>,
): boolean =>
  (a.team_id === null || a.team_id === job.teamId) &&
  (a.scheduler === null || a.scheduler === job.scheduler) &&
  (a.tags.length === 0 || a.tags.some((tag) => job.tags.includes(tag))) &&
  (a.environments.length === 0 || a.environments.includes(job.environment))

/**
 * A token that another has entered reaches as far as its scheduler lets it: whoever is no administrator enters his own to
 * have something else done with it.
 */
export const requireOwnSecrets = (
  ctx: ReadContext,
  kind: ActionKind,
  { given, before, after }: { given: Config | undefined; before: Config; after: Config },
): void => {
  if (!given || ctx.scope.rows === 'all') return
  const what = (of: Config) => kind.words(kind.prepare(of, null)).what
  const kept = keptIn(given)
  if (kept && what(before) !== what(after))
    throw invalid(kept, 'enter it again: something else is done now, and what another has entered is not used for it.')
}

/** Where the first secret stands that is kept as it is stored; null where none is. */
const keptIn = (given: Config): string | null => {
  const walk = (value: unknown, at: string): string | null => {
    if (value === keptSecret) return at
    if (typeof value !== 'object' || value === null) return null
    for (const [name, child] of Object.entries(value)) {
      const found = walk(child, `${at}.${name}`)
      if (found) return found
    }
    return null
  }
  return walk(given, 'config')
}
