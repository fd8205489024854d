import { sql } from 'kysely'
import { type KnowledgeKind, type Suggest, suggestInput } from '../../../contract/knowledge/index.ts'
import type { ReadContext } from '../../platform/context.ts'
import { query } from '../../platform/query.ts'
import { upstreamOf } from '../catalog/index.ts'
import { because, isLike, likeness, type Word, withoutName } from './likeness.ts'
import { gistOf, plainOf } from './plain.ts'
import { readable } from './rows.ts'
import { anyOf, wordsOf } from './words-of.ts'

/** So many are looked at closely. */
const CLOSELY = 80

type Row = {
  id: string
  number: string
  kind: KnowledgeKind
  title: string
  symptoms: string
  workaround: string
  answer: string
  fix: string
  body: string
  titles: string[]
  uses: number
  helped: number
  week: number
  services: string[]
  lexemes: string[]
}

/** What is published that may help with what is told: by its words, and by the service and what that depends on. */
export const suggestKnowledge = query('knowledge.suggestions', {
  permission: 'knowledge.read',
  input: suggestInput,
  async run(ctx, input) {
    const words = await wordsOf(ctx.db, input.text, { table: 'knowledge_items', column: 'search' })
    const upstream = input.serviceId ? await upstreamOf(ctx.db, input.serviceId) : []
    const rows = await candidates(
      ctx,
      input,
      words,
      upstream.map((s) => s.id),
    )
    const own = input.serviceId
      ? await ctx.db.selectFrom('services').select(['id', 'name']).where('id', '=', input.serviceId).execute()
      : []
    const names = new Map([...upstream, ...own].map((s) => [s.id, s.name]))
    const { internal } = ctx.scope
    const items = rows
      .flatMap((row) => judged(row, words, input, names, internal))
      .sort((a, b) => b.score - a.score || b.uses - a.uses)
      .slice(0, input.limit)
    return { items }
  },
})

const candidates = async (ctx: ReadContext, input: Suggest, words: readonly Word[], upstream: string[]) => {
  const any = anyOf(words, { begun: true })
  if (!any && !input.serviceId) return []
  const near = input.serviceId ? [input.serviceId, ...upstream] : []
  const fits = any ? sql`i.search @@ ${any}::tsquery` : sql`false`
  const rank = any ? sql`ts_rank(i.search, ${any}::tsquery)` : sql`i.uses`
  const isNear = sql`i.id in (select k.item_id from knowledge_services k where k.service_id = any(${near}::uuid[]))`
  const { rows } = await sql<Row>`
    select i.id, i.number, i.kind, i.title, left(i.symptoms, 2000) as symptoms, i.workaround, i.answer, left(i.fix, 2000) as fix,
      left(i.body, 2000) as body, i.uses, i.helped, tsvector_to_array(i.search) as lexemes,
      coalesce((select array_agg(st->>'title') from jsonb_array_elements(i.steps) st), '{}') as titles,
      (select count(*)::int from knowledge_uses u
        where u.item_id = i.id and u.at > ${ctx.now()}::timestamptz - interval '7 days') as week,
      coalesce((select array_agg(k.service_id::text) from knowledge_services k where k.item_id = i.id), '{}') as services
    from knowledge_items i
    where i.state = 'published' and ${readable(ctx.scope)} and (${fits} or ${isNear})
    order by ${isNear} desc, ${rank} desc limit ${CLOSELY}`.execute(ctx.db)
  return rows
}

const judged = (
  row: Row,
  words: readonly Word[],
  input: Suggest,
  names: ReadonlyMap<string, string>,
  internal: boolean,
) => {
  const same = input.serviceId !== undefined && row.services.includes(input.serviceId)
  const above = same ? undefined : row.services.map((id) => names.get(id)).find((name) => name !== undefined)
  const name = same ? names.get(input.serviceId ?? '') : above
  const like = likeness(name ? withoutName(words, name) : words, row.lexemes)
  // Nothing is told yet: what is known of the service itself is all there is to go by.
  const wanted = words.length === 0 ? same : isLike(like, same || above !== undefined, words.length)
  if (!wanted) return []
  const near = same ? 'same service' : above ? `${above}, which it depends on` : null
  const more =
    internal && row.week > 0 ? [`used on ${row.week} ${row.week === 1 ? 'ticket' : 'tickets'} this week`] : []
  const help = row.uses > 0 ? row.helped / row.uses : 0
  return [
    {
      id: row.id,
      number: row.number,
      kind: row.kind,
      title: row.title,
      symptoms: row.symptoms,
      workaround: plainOf(row.workaround),
      answer: plainOf(row.answer),
      gist: gistOf(row.workaround || row.fix || row.body || row.symptoms || row.titles.join('. ')),
      steps: row.titles.length,
      uses: internal ? row.uses : 0,
      helped: internal ? row.helped : 0,
      because: because({ near, words: like.words, more }),
      score: like.weight + (same ? 1 : above ? 0.5 : 0) + Math.min(row.week, 5) * 0.1 + help * 0.5,
    },
  ]
}
