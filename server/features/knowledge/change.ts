import { changeKnowledgeInput } from '../../../contract/knowledge/index.ts'
import { actorRow } from '../../platform/access.ts'
import type { Context } from '../../platform/context.ts'
import { verb } from '../../platform/verb.ts'
import { type Content, columnsOf, sameContent } from './content.ts'
import { knowledgeChanged } from './events.ts'
import { refuseBad } from './guard.ts'
import { keepVersion, recordItem } from './keep.ts'
import { contentOf, type Item, itemColumns, servicesOf, showItem, takeItem } from './rows.ts'

/** Changes it, which makes a version. What is left away stays; of two editors the second is told by his If-Match. */
export const changeKnowledge = verb('knowledge.change', {
  permission: 'knowledge.write',
  input: changeKnowledgeInput,
  async run(ctx, { id, why, ...given }) {
    const item = await takeItem(ctx, id, 'change')
    const before = contentOf(item, await servicesOf(ctx, item.id))
    const after: Content = { ...before, ...withoutMissing(given) }
    if (sameContent(before, after)) return ctx.unchanged(await showItem(ctx, item))
    await refuseBad(ctx, item.kind, after)
    const saved = await saveContent(ctx, item, after, why)
    const fields = changedWords(before, after)
    recordItem(ctx, saved, after.serviceIds, knowledgeChanged, { version: saved.version, fields, why })
    return showItem(ctx, saved)
  },
})

const withoutMissing = <T extends object>(given: T) =>
  Object.fromEntries(Object.entries(given).filter(([, v]) => v !== undefined)) as Partial<Content>

const fieldWords: Record<keyof Content, string> = {
  title: 'title',
  audience: 'audience',
  teamId: 'owner',
  serviceIds: 'services',
  tags: 'tags',
  reviewBy: 'date of review',
  body: 'text',
  symptoms: 'symptoms',
  cause: 'cause',
  workaround: 'workaround',
  answer: 'answer',
  fix: 'fix',
  steps: 'steps',
}

const changedWords = (before: Content, after: Content): string[] =>
  (Object.keys(fieldWords) as (keyof Content)[])
    .filter((f) => !sameContent({ ...before, [f]: after[f] }, before))
    .map((f) => fieldWords[f])

/** Writes the content of an item that this transaction holds, as its next version. */
export const saveContent = async (ctx: Context, item: Item, content: Content, why: string): Promise<Item> => {
  const version = item.version + 1
  const saved = await ctx.db
    .updateTable('knowledge_items')
    .set({ ...columnsOf(content), updated_at: ctx.now(), updated_by: JSON.stringify(actorRow(ctx.actor)), version })
    .where('id', '=', item.id)
    .returning(itemColumns)
    .executeTakeFirstOrThrow()
  await keepVersion(ctx, item.id, { version, why, content })
  return saved
}
