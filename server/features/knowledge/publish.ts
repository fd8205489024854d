import { knowledgeIdInput } from '../../../contract/knowledge/index.ts'
import type { Context } from '../../platform/context.ts'
import { verb } from '../../platform/verb.ts'
import { knowledgeBroughtBack, knowledgePublished, knowledgeRetired, knowledgeUnpublished } from './events.ts'
import { recordItem } from './keep.ts'
import { type Item, itemColumns, servicesOf, showItem, takeItem } from './rows.ts'

const setState = async (ctx: Context, item: Item, state: Item['state']) => {
  const saved = await ctx.db
    .updateTable('knowledge_items')
    .set({ state, ...(state === 'published' ? { published_at: ctx.now() } : {}) })
    .where('id', '=', item.id)
    .returning(itemColumns)
    .executeTakeFirstOrThrow()
  return { saved, services: (await servicesOf(ctx, item.id)).map((s) => s.id) }
}

/** Publishes it: from now on it is suggested; an article for requesters may be read by everybody. */
export const publishKnowledge = verb('knowledge.publish', {
  permission: 'knowledge.write',
  input: knowledgeIdInput,
  async run(ctx, { id }) {
    const { saved, services } = await setState(ctx, await takeItem(ctx, id, 'publish'), 'published')
    recordItem(ctx, saved, services, knowledgePublished, { audience: saved.audience })
    return showItem(ctx, saved)
  },
})

export const unpublishKnowledge = verb('knowledge.unpublish', {
  permission: 'knowledge.write',
  input: knowledgeIdInput,
  async run(ctx, { id }) {
    const { saved, services } = await setState(ctx, await takeItem(ctx, id, 'unpublish'), 'draft')
    recordItem(ctx, saved, services, knowledgeUnpublished, {})
    return showItem(ctx, saved)
  },
})

/** Retires it: where it was used it is still read, but it is not suggested any more. */
export const retireKnowledge = verb('knowledge.retire', {
  permission: 'knowledge.write',
  input: knowledgeIdInput,
  async run(ctx, { id }) {
    const { saved, services } = await setState(ctx, await takeItem(ctx, id, 'retire'), 'retired')
    recordItem(ctx, saved, services, knowledgeRetired, {})
    return showItem(ctx, saved)
  },
})

export const bringBackKnowledge = verb('knowledge.bring_back', {
  permission: 'knowledge.write',
  input: knowledgeIdInput,
  async run(ctx, { id }) {
    const { saved, services } = await setState(ctx, await takeItem(ctx, id, 'bringBack'), 'draft')
    recordItem(ctx, saved, services, knowledgeBroughtBack, {})
    return showItem(ctx, saved)
  },
})
