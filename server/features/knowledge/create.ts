import { sql } from 'kysely'
import {
  type CreateKnowledge,
  createKnowledgeInput,
  type KnowledgeKind,
  knowledgePrefix,
} from '../../../contract/knowledge/index.ts'
import { actorRow } from '../../platform/access.ts'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { verb } from '../../platform/verb.ts'
import { type Content, columnsOf } from './content.ts'
import { knowledgeCreated } from './events.ts'
import { refuseBad } from './guard.ts'
import { keepVersion, recordItem } from './keep.ts'
import { type Item, itemColumns, showItem } from './rows.ts'

/** Writes something new. It is a draft until somebody publishes it. */
export const createKnowledge = verb('knowledge.create', {
  permission: 'knowledge.write',
  input: createKnowledgeInput,
  async run(ctx, input) {
    const item = await addItem(ctx, input, { why: '', from: null })
    return showItem(ctx, item)
  },
})

const nextNumber = async (ctx: Context, kind: KnowledgeKind): Promise<string> => {
  const { rows } = await sql<{ n: number }>`select nextval(${`knowledge_numbers_${kind}`}::regclass) as n`.execute(
    ctx.db,
  )
  return `${knowledgePrefix[kind]}-${rows[0]?.n}`
}

/** `from`: what it was written from, in words; `about`: references whose timeline its beginning belongs to. */
export const addItem = async (
  ctx: Context,
  { kind, ...content }: { kind: KnowledgeKind } & Content & Partial<CreateKnowledge>,
  given: { why: string; from: string | null; about?: string[] },
): Promise<Item> => {
  await refuseBad(ctx, kind, content)
  const item = await ctx.db
    .insertInto('knowledge_items')
    .values({
      id: newId(),
      number: await nextNumber(ctx, kind),
      kind,
      ...columnsOf(content),
      created_at: ctx.now(),
      updated_at: ctx.now(),
      updated_by: JSON.stringify(actorRow(ctx.actor)),
    })
    .returning(itemColumns)
    .executeTakeFirstOrThrow()
  await keepVersion(ctx, item.id, { version: 1, why: given.why, content })
  recordItem(ctx, item, content.serviceIds, knowledgeCreated, { kind, from: given.from }, given.about)
  return item
}
