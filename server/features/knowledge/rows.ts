import { type RawBuilder, type Selectable, sql } from 'kysely'
import {
  canKnowledge,
  type KnowledgeAct,
  type KnowledgeAudience,
  type KnowledgeKind,
  type KnowledgeState,
  knowledgeVerdicts,
  type StepView,
} from '../../../contract/knowledge/index.ts'
import type { Scope } from '../../platform/access.ts'
import type { Context, ReadContext } from '../../platform/context.ts'
import type { DB, KnowledgeItems } from '../../platform/db/schema.gen.ts'
import { AppError, conflict, notFound } from '../../platform/errors.ts'
import type { Content } from './content.ts'

export type Item = Omit<Selectable<KnowledgeItems>, 'search'>
type Named = { id: string; name: string }

/** All columns but the lexemes, which no reader needs. */
export const itemColumns = [
  'id',
  'number',
  'kind',
  'title',
  'state',
  'audience',
  'team_id',
  'tags',
  'body',
  'symptoms',
  'cause',
  'workaround',
  'answer',
  'fix',
  'steps',
  'review_by',
  'uses',
  'helped',
  'not_helped',
  'last_used_at',
  'published_at',
  'created_at',
  'updated_at',
  'updated_by',
  'version',
] as const satisfies (keyof DB['knowledge_items'])[]

/** What is not of the desk reads what was published for it, and nothing else. */
export const readable = (scope: Scope): RawBuilder<boolean> =>
  scope.internal ? sql`true` : sql`i.state = 'published' and i.audience = 'requester' and i.kind = 'article'`

export const asKind = (item: Pick<Item, 'kind'>) => item.kind as KnowledgeKind
export const stepsOf = (item: Pick<Item, 'steps'>) => item.steps as unknown as StepView[]

export const ruled = (item: Item) => ({
  number: item.number,
  kind: asKind(item),
  state: item.state as KnowledgeState,
  steps: stepsOf(item),
  body: item.body,
  symptoms: item.symptoms,
})

const named = (given: string) =>
  /^\w{2}-/.test(given)
    ? sql<boolean>`i.number = ${given.toUpperCase()}`
    : sql<boolean>`i.id = ${given.toLowerCase()}::uuid`

/** Loads through the reader's scope. Throws `not_found`, also for what he may not see. */
export const loadItem = async (ctx: ReadContext, given: string): Promise<Item> => {
  const row = await ctx.db
    .selectFrom('knowledge_items as i')
    .select(itemColumns)
    .where(named(given))
    .where(readable(ctx.scope))
    .executeTakeFirst()
  if (!row) throw notFound(given)
  return row
}

const locked = async (ctx: Context, given: string): Promise<Item> => {
  const row = await ctx.db
    .selectFrom('knowledge_items as i')
    .select(itemColumns)
    .where(named(given))
    .where(readable(ctx.scope))
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw notFound(given)
  return row
}

const refuse = (row: Item, act: KnowledgeAct) => {
  const refusal = canKnowledge[act](ruled(row))
  if (refusal) throw conflict(refusal)
}

/** Takes an item for one act: locks its row, then asks the version that was read, and the rules. */
export const takeItem = async (ctx: Context, given: string, act: KnowledgeAct): Promise<Item> => {
  const row = await locked(ctx, given)
  if (ctx.expected !== null && row.version !== ctx.expected) {
    const who = (row.updated_by as { name: string }).name
    throw new AppError(
      'stale',
      `${who} has changed ${row.number} since you read it. Load it again and repeat your change.`,
    )
  }
  refuse(row, act)
  return row
}

/** As `takeItem`, for acts on something else, whose version the caller read. */
export const lockItem = async (ctx: Context, given: string, act: KnowledgeAct): Promise<Item> => {
  const row = await locked(ctx, given)
  refuse(row, act)
  return row
}

export const servicesOf = async (ctx: Pick<ReadContext, 'db'>, itemId: string): Promise<Named[]> =>
  ctx.db
    .selectFrom('knowledge_services as k')
    .innerJoin('services as s', 's.id', 'k.service_id')
    .select(['s.id', 's.name'])
    .where('k.item_id', '=', itemId)
    .orderBy('s.name')
    .execute()

export const contentOf = (item: Item, services: readonly Named[]): Content => ({
  title: item.title,
  tags: item.tags,
  body: item.body,
  symptoms: item.symptoms,
  cause: item.cause,
  workaround: item.workaround,
  answer: item.answer,
  fix: item.fix,
  steps: stepsOf(item),
  audience: item.audience as KnowledgeAudience,
  teamId: item.team_id,
  serviceIds: services.map((s) => s.id),
  reviewBy: item.review_by,
})

const WEEK_DAYS = 7

/** An item with all that its page shows. Numbers of use are the desk's own. */
export const showItem = async (ctx: ReadContext, item: Item) => {
  const team = item.team_id
    ? await ctx.db.selectFrom('teams').select(['id', 'name']).where('id', '=', item.team_id).executeTakeFirst()
    : undefined
  const { internal } = ctx.scope
  const services = await servicesOf(ctx, item.id)
  const { teamId: _, serviceIds: __, ...words } = contentOf(item, services)
  return {
    ...words,
    id: item.id,
    number: item.number,
    kind: asKind(item),
    state: item.state as KnowledgeState,
    team: internal ? (team ?? null) : null,
    services,
    uses: internal ? item.uses : 0,
    helped: internal ? item.helped : 0,
    notHelped: internal ? item.not_helped : 0,
    reviewDue: isDue(ctx, words.reviewBy),
    updatedAt: item.updated_at,
    updatedBy: internal ? (item.updated_by as { name: string }).name : null,
    publishedAt: item.published_at,
    createdAt: item.created_at,
    lastUsedAt: internal ? item.last_used_at : null,
    usedThisWeek: internal ? await usesSince(ctx, item.id) : 0,
    can: knowledgeVerdicts(ruled(item)),
    version: item.version,
  }
}

/** Reviews are due from their day on, wherever the reader is: days are counted in UTC. */
export const isDue = (ctx: Pick<ReadContext, 'now'>, reviewBy: string | null): boolean =>
  reviewBy !== null && reviewBy <= ctx.now().toString().slice(0, 10)

const usesSince = async (ctx: ReadContext, itemId: string): Promise<number> => {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from (select 1 from knowledge_uses
      where item_id = ${itemId} and at > ${ctx.now()}::timestamptz - make_interval(days => ${WEEK_DAYS}) limit 1001) x`.execute(
    ctx.db,
  )
  return rows[0]?.n ?? 0
}
