import { sql } from 'kysely'
import { z } from 'zod'
import { listSourcesInput, sourceIdInput } from '../../../contract/alerts/source.ts'
import { readCursor, toPage } from '../../platform/db/keyset.ts'
import { containing } from '../../platform/db/like.ts'
import { query } from '../../platform/query.ts'
import { sourceKinds } from './source-kinds.ts'
import { selectSources, showSource } from './source-view.ts'

/** Kinds of sources that can be made. */
export const listSourceKinds = query('source.kinds', {
  permission: 'source.read',
  input: z.object({}),
  async run() {
    const kinds = [...sourceKinds.values()].filter((k) => !k.builtIn).sort((a, b) => (a.title < b.title ? -1 : 1))
    return {
      items: kinds.map((k) => ({ kind: k.kind, title: k.title, help: k.help, samples: k.samples.map((s) => s.name) })),
    }
  },
})

export const listSources = query('source.list', {
  permission: 'source.read',
  input: listSourcesInput,
  async run(ctx, input) {
    const after = input.cursor ? readCursor(input.cursor, z.tuple([z.string(), z.uuid()])) : null
    const found = await selectSources(
      ctx,
      sql`where true ${input.search ? sql`and (s.name ilike ${containing(input.search)} or s.slug ilike ${containing(input.search)})` : sql``}
        ${after ? sql`and (lower(s.name), s.id) > (${after[0]}, ${after[1]}::uuid)` : sql``}
        order by lower(s.name), s.id limit ${input.limit + 1}`,
    )
    const page = toPage(found, input.limit, ({ row }) => [row.sort, row.id])
    return { items: page.items.map(({ summary }) => summary), next: page.next }
  },
})

export const getSource = query('source.get', {
  permission: 'source.read',
  input: sourceIdInput,
  run: (ctx, { id }) => showSource(ctx, id),
})
