import { sql } from 'kysely'
import type { KnowledgeKind, KnowledgeState, KnowledgeWords, StepView } from '../../../contract/knowledge/index.ts'
import type { Context, ReadContext } from '../../platform/context.ts'
import { addItem } from './create.ts'
import { type Item, loadItem, lockItem, stepsOf } from './rows.ts'

/** What features to the right work with. */
export type KnownItem = {
  id: string
  number: string
  kind: KnowledgeKind
  title: string
  state: KnowledgeState
  version: number
  steps: StepView[]
}

const asKnown = (item: Item): KnownItem => ({
  id: item.id,
  number: item.number,
  kind: item.kind as KnowledgeKind,
  title: item.title,
  state: item.state as KnowledgeState,
  version: item.version,
  steps: stepsOf(item),
})

/** The item of this id or number, through the reader's scope. Throws `not_found`. Inner function. */
export const findKnowledge = async (ctx: ReadContext, given: string): Promise<KnownItem> =>
  asKnown(await loadItem(ctx, given))

/**
 * Counts that an item is used on something (`subject`: ticket:<id>), once for each. Throws `conflict` for what is not
 * published. Inner function; the caller keeps the link and records the event.
 */
export const countUse = async (ctx: Context, given: string, subject: string): Promise<KnownItem> => {
  const item = await lockItem(ctx, given, 'use')
  const { numInsertedOrUpdatedRows } = await ctx.db
    .insertInto('knowledge_uses')
    .values({ item_id: item.id, subject, at: ctx.now() })
    .onConflict((c) => c.doNothing())
    .executeTakeFirstOrThrow()
  if (numInsertedOrUpdatedRows)
    await ctx.db
      .updateTable('knowledge_items')
      .set((eb) => ({ uses: eb('uses', '+', 1), last_used_at: ctx.now() }))
      .where('id', '=', item.id)
      .execute()
  return asKnown(item)
}

/** Takes a use back, with what was said about it. Inner function. */
export const uncountUse = async (ctx: Context, itemId: string, subject: string): Promise<void> => {
  const row = await ctx.db
    .deleteFrom('knowledge_uses')
    .where('item_id', '=', itemId)
    .where('subject', '=', subject)
    .returning('helped')
    .executeTakeFirst()
  if (row) await tally(ctx, itemId, { uses: -1, before: row.helped, after: null })
}

/** Whether it helped there; null takes it back. Inner function; nothing happens where it was not used. */
export const sayHelped = async (
  ctx: Context,
  itemId: string,
  subject: string,
  helped: boolean | null,
): Promise<void> => {
  const use = await ctx.db
    .selectFrom('knowledge_uses')
    .select('helped')
    .where('item_id', '=', itemId)
    .where('subject', '=', subject)
    .forUpdate()
    .executeTakeFirst()
  if (!use || use.helped === helped) return
  await ctx.db
    .updateTable('knowledge_uses')
    .set({ helped })
    .where('item_id', '=', itemId)
    .where('subject', '=', subject)
    .execute()
  await tally(ctx, itemId, { uses: 0, before: use.helped, after: helped })
}

type Tally = { uses: number; before: boolean | null; after: boolean | null }

const tally = async (ctx: Context, itemId: string, { uses, before, after }: Tally) => {
  const change = (is: boolean) => Number(after === is) - Number(before === is)
  await ctx.db
    .updateTable('knowledge_items')
    .set((eb) => ({
      uses: eb('uses', '+', uses),
      helped: eb('helped', '+', change(true)),
      not_helped: eb('not_helped', '+', change(false)),
    }))
    .where('id', '=', itemId)
    .execute()
}

export type Draft = {
  kind: 'article' | 'known_error'
  words: Partial<KnowledgeWords> & { title: string }
  serviceIds: string[]
  teamId: string | null
  /** 'INC-7', for those who read where it comes from. */
  from: string
  /** References whose timeline its beginning belongs to. */
  about: string[]
}

/** Begins a draft from what was learnt elsewhere. Inner function. */
export const draftKnowledge = async (ctx: Context, draft: Draft): Promise<KnownItem> => {
  const nothing = { tags: [], body: '', symptoms: '', cause: '', workaround: '', answer: '', fix: '', steps: [] }
  const item = await addItem(
    ctx,
    {
      kind: draft.kind,
      ...nothing,
      ...draft.words,
      audience: 'internal',
      teamId: draft.teamId,
      serviceIds: draft.serviceIds,
      reviewBy: null,
    },
    { why: `Written from ${draft.from}.`, from: draft.from, about: draft.about },
  )
  return asKnown(item)
}

/** The steps of a runbook as they were in a version: what was begun is finished as it was begun. Inner function. */
export const stepsOfVersion = async (
  ctx: Pick<ReadContext, 'db'>,
  itemId: string,
  version: number,
): Promise<StepView[]> => {
  const { rows } = await sql<{ steps: StepView[] }>`
    select content->'steps' as steps from knowledge_versions where item_id = ${itemId} and version = ${version}`.execute(
    ctx.db,
  )
  return rows[0]?.steps ?? []
}
