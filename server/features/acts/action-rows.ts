import type { Selectable } from 'kysely'
import type { SchedulerAction } from '../../../contract/acts/shapes.ts'
import type { ActName } from '../../../contract/acts/words.ts'
import type { Environment } from '../../../contract/base.ts'
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
