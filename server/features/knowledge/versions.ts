import { sql } from 'kysely'
import { z } from 'zod'
import { versionInput, versionsInput } from '../../../contract/knowledge/index.ts'
import type { ReadContext } from '../../platform/context.ts'
import { readCursor, toPage } from '../../platform/db/keyset.ts'
import { notFound } from '../../platform/errors.ts'
import { query } from '../../platform/query.ts'
import { verb } from '../../platform/verb.ts'
import { saveContent } from './change.ts'
import { type Content, sameContent } from './content.ts'
import { knowledgeRestored } from './events.ts'
import { refuseBad } from './guard.ts'
import { recordItem } from './keep.ts'
import { contentOf, type Item, loadItem, servicesOf, showItem, takeItem } from './rows.ts'

type By = { kind: string; id: string | null; name: string }

/** Its versions, newest first. History is the desk's own: an earlier version may say what was never for everybody. */
export const listVersions = query('knowledge.versions', {
  permission: 'knowledge.read',
  input: versionsInput,
  async run(ctx, { id, cursor, limit }) {
    const item = await loadItem(ctx, id)
    if (!ctx.scope.internal) throw notFound('The versions')
    const after = cursor ? readCursor(cursor, z.tuple([z.number().int()])) : null
    const rows = await ctx.db
      .selectFrom('knowledge_versions')
      .select(['version', 'at', 'by', 'why', sql<string>`content->>'title'`.as('title')])
      .where('item_id', '=', item.id)
      .$if(after !== null, (q) => q.where('version', '<', after?.[0] ?? 0))
      .orderBy('version', 'desc')
      .limit(limit + 1)
      .execute()
    const page = toPage(rows, limit, (r) => [r.version])
    return { next: page.next, items: page.items.map((r) => ({ ...r, by: r.by as By })) }
  },
})

export const readVersion = query('knowledge.version', {
  permission: 'knowledge.read',
  input: versionInput,
  async run(ctx, { id, version }) {
    const item = await loadItem(ctx, id)
    if (!ctx.scope.internal) throw notFound('The version')
    const row = await versionOf(ctx, item, version)
    const { teamId: _, audience: __, reviewBy: ___, serviceIds, ...words } = row.content
    const services = serviceIds.length
      ? await ctx.db
          .selectFrom('services')
          .select(['id', 'name'])
          .where('id', 'in', serviceIds)
          .orderBy('name')
          .execute()
      : []
    return { version, at: row.at, by: row.by as By, why: row.why, title: words.title, words, services }
  },
})

const versionOf = async (ctx: ReadContext, item: Item, version: number) => {
  const row = await ctx.db
    .selectFrom('knowledge_versions')
    .selectAll()
    .where('item_id', '=', item.id)
    .where('version', '=', version)
    .executeTakeFirst()
  if (!row) throw notFound(`Version ${version} of ${item.number}`)
  // Those of before 0066 had no answer.
  return { ...row, content: { answer: '', ...(row.content as object) } as Content }
}

/** Takes the words of an earlier version again. Who may read it, whose it is and its date of review stay as they are. */
export const restoreVersion = verb('knowledge.restore', {
  permission: 'knowledge.write',
  input: versionInput,
  async run(ctx, { id, version }) {
    const item = await takeItem(ctx, id, 'change')
    const { content: old } = await versionOf(ctx, item, version)
    const now = contentOf(item, await servicesOf(ctx, item.id))
    const alive = await ctx.db
      .selectFrom('services')
      .select('id')
      .where('id', 'in', [...old.serviceIds, item.id])
      .execute()
    const after: Content = {
      ...old,
      serviceIds: alive.map((s) => s.id),
      audience: now.audience,
      teamId: now.teamId,
      reviewBy: now.reviewBy,
    }
    if (sameContent(now, after)) return ctx.unchanged(await showItem(ctx, item))
    await refuseBad(ctx, item.kind, after)
    const saved = await saveContent(ctx, item, after, `The words of version ${version} again.`)
    recordItem(ctx, saved, after.serviceIds, knowledgeRestored, { from: version, version: saved.version })
    return showItem(ctx, saved)
  },
})
