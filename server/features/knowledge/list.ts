import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import type { KnowledgeKind, KnowledgeState, ListKnowledge } from '../../../contract/knowledge/index.ts'
import { knowledgeIdInput, listKnowledgeInput } from '../../../contract/knowledge/index.ts'
import type { Instant } from '../../platform/clock.ts'
import type { ReadContext } from '../../platform/context.ts'
import { readCursor, toPage } from '../../platform/db/keyset.ts'
import { query } from '../../platform/query.ts'
import { isDue, loadItem, readable, showItem } from './rows.ts'
import { tokensOf } from './tokens.ts'

export const readKnowledge = query('knowledge.read', {
  permission: 'knowledge.read',
  input: knowledgeIdInput,
  run: async (ctx, { id }) => showItem(ctx, await loadItem(ctx, id)),
})

/** With words: the best first. Without: what was changed last. */
export const listKnowledge = query('knowledge.list', {
  permission: 'knowledge.read',
  input: listKnowledgeInput,
  async run(ctx, input) {
    const rows = await rowsOf(ctx, input)
    const searched = input.q?.trim() !== undefined && input.q.trim() !== ''
    const page = toPage(rows, input.limit, (r) => (searched ? [r.rank, r.id] : [r.updated_at, r.id]))
    return { next: page.next, items: page.items.map((r) => asRow(ctx, r)) }
  },
})

type Row = {
  id: string
  number: string
  kind: KnowledgeKind
  title: string
  state: KnowledgeState
  audience: 'internal' | 'requester'
  team: { id: string; name: string } | null
  services: { id: string; name: string }[]
  tags: string[]
  uses: number
  helped: number
  not_helped: number
  review_by: string | null
  updated_at: Instant
  updated_by: { name: string }
  version: number
  rank: number
  headline: string | null
}

/** Marks around what was found: characters that no text has (private use), so that no text can forge one. */
const [START, STOP] = ['\uE000', '\uE001']

const piecesOf = (headline: string | null) =>
  (headline ?? '')
    .split(START)
    .flatMap((part, i) => {
      const [hit = '', rest = ''] = i === 0 ? ['', part] : part.split(STOP, 2)
      return [
        { text: hit, hit: true },
        { text: rest, hit: false },
      ]
    })
    .filter((p) => p.text !== '')

const asRow = (ctx: ReadContext, r: Row) => {
  const { internal } = ctx.scope
  const reviewBy = r.review_by
  return {
    id: r.id,
    number: r.number,
    kind: r.kind,
    title: r.title,
    state: r.state,
    audience: r.audience,
    team: internal ? r.team : null,
    services: r.services,
    tags: r.tags,
    uses: internal ? r.uses : 0,
    helped: internal ? r.helped : 0,
    notHelped: internal ? r.not_helped : 0,
    reviewBy,
    reviewDue: isDue(ctx, reviewBy),
    updatedAt: r.updated_at,
    updatedBy: internal ? r.updated_by.name : null,
    headline: piecesOf(r.headline),
    version: r.version,
  }
}

/** All the words, the last one as begun: what is typed is found before it is finished. Null when only signs are given. */
const typedQuery = (q: string): string | null => {
  const tokens = tokensOf(q)
  if (tokens.length === 0) return null
  return tokens.map((t, i) => `'${t}'${i === tokens.length - 1 ? ':*' : ''}`).join(' & ')
}

/** Beyond so many that fit, words are too common to be ordered by; it keeps a search at a quarter of a second. */
const MOST_RANKED = 5_000

const conditions = (ctx: ReadContext, input: ListKnowledge): RawBuilder<unknown>[] => [
  readable(ctx.scope),
  input.state ? sql`i.state = ${input.state}` : sql`i.state <> 'retired'`,
  ...(input.kind ? [sql`i.kind = ${input.kind}`] : []),
  ...(input.teamId ? [sql`i.team_id = ${input.teamId}`] : []),
  ...(input.tag ? [sql`${input.tag} = any(i.tags)`] : []),
  ...(input.review ? [sql`i.review_by <= ${ctx.now().toString().slice(0, 10)}::date`] : []),
  ...(input.serviceId
    ? [sql`i.id in (select k.item_id from knowledge_services k where k.service_id = ${input.serviceId})`]
    : []),
]

const rowsOf = async (ctx: ReadContext, input: ListKnowledge): Promise<Row[]> => {
  const q = input.q?.trim() ?? ''
  const where = sql.join(conditions(ctx, input), sql` and `)
  const typed = typedQuery(q)
  const tsq = sql`to_tsquery('english', ${typed ?? ''})`
  const found = q
    ? sql`select i.*, ts_rank_cd(i.search, ${tsq})::float8 + word_similarity(${q}, i.title)::float8
          + case when i.number = ${q.toUpperCase()} then 10 else 0 end as rank
        from knowledge_items i
        where ${where} and (i.search @@ ${tsq} or ${q} <% i.title or i.number = ${q.toUpperCase()})
        limit ${MOST_RANKED}`
    : sql`select i.*, 0::float8 as rank from knowledge_items i where ${where}`
  const { rows } = await sql<Row>`
    select f.id, f.number, f.kind, f.title, f.state, f.audience, f.tags, f.uses, f.helped, f.not_helped, f.review_by,
      f.updated_at, f.updated_by, f.version, f.rank,
      case when t.id is null then null else jsonb_build_object('id', t.id, 'name', t.name) end as team,
      coalesce((select jsonb_agg(jsonb_build_object('id', s.id, 'name', s.name) order by s.name)
        from knowledge_services k join services s on s.id = k.service_id where k.item_id = f.id), '[]') as services,
      ${typed ? headline(tsq) : sql`null`} as headline
    from (select * from (${found}) x where ${beyond(input, q !== '')}
      order by ${q ? sql`rank desc, id desc` : sql`updated_at desc, id desc`} limit ${input.limit + 1}) f
    left join teams t on t.id = f.team_id
    order by ${q ? sql`f.rank desc, f.id desc` : sql`f.updated_at desc, f.id desc`}`.execute(ctx.db)
  return rows
}

const headline = (tsq: RawBuilder<unknown>) => sql`ts_headline('english',
  left(concat_ws(' ', f.symptoms, f.body, f.workaround, f.answer, f.cause, f.fix,
    (select string_agg(st->>'title', ' ') from jsonb_array_elements(f.steps) st)), 20000), ${tsq},
  ${`StartSel=${START}, StopSel=${STOP}, MaxFragments=2, MaxWords=16, MinWords=6, FragmentDelimiter=" … "`})`

const beyond = (input: ListKnowledge, searched: boolean): RawBuilder<unknown> => {
  if (!input.cursor) return sql`true`
  if (searched) {
    const [rank, id] = readCursor(input.cursor, z.tuple([z.number(), z.uuid()]))
    return sql`(rank, id) < (${rank}::float8, ${id}::uuid)`
  }
  const [at, id] = readCursor(input.cursor, z.tuple([z.iso.datetime({ offset: true }), z.uuid()]))
  return sql`(updated_at, id) < (${at}::timestamptz, ${id}::uuid)`
}
