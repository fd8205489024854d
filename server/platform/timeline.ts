import { sql } from 'kysely'
import { z } from 'zod'
import type { ReadContext } from './context.ts'
import { type Page, readCursor, toPage } from './db/keyset.ts'
import { beginning } from './db/like.ts'
import { type FeedEvent, maySee } from './feed.ts'
import type { Registry } from './registry-of-work.ts'

export type TimelineRow = {
  id: string
  at: Temporal.Instant
  type: string
  actor: { kind: string; id: string | null; name: string }
  subject: string
  /** Everything that it is about, the subject among it. */
  about: readonly string[]
  text: string
  tone: 'bad' | 'warn' | 'good' | null
  audience: 'internal' | 'requester' | 'public'
  data: unknown
}

/** An event in a plain sentence. One that was recorded by a later version, or whose data no longer fits, still shows. */
export const inWords = (
  registry: Registry,
  e: Pick<FeedEvent, 'type' | 'data' | 'actor_name'>,
): { text: string; tone: TimelineRow['tone'] } => {
  const type = registry.events.get(e.type)
  const data = type?.data.safeParse(e.data)
  if (!type || !data?.success) return { text: `${e.actor_name}: ${e.type}`, tone: null }
  // Names such as "Priya N." end a sentence by themselves.
  return { text: type.say(data.data, e.actor_name).replace(/\.\.(?=\s|$)/g, '.'), tone: type.tone ?? null }
}

const placeShape = z.tuple([z.iso.datetime({ offset: true }), z.number().int()])

type Ask = {
  about?: string | undefined
  /** A type or its beginning. */
  type?: string | undefined
  actorId?: string | undefined
  from?: string | undefined
  to?: string | undefined
  cursor?: string | undefined
  limit: number
  ascending?: boolean
}

const filtered = ({ type, actorId, from, to }: Ask) => sql`
  ${type ? sql`and e.type like ${beginning(type)}` : sql``} ${actorId ? sql`and e.actor_id = ${actorId} and e.actor_kind in ('user', 'key')` : sql``}
  ${from ? sql`and e.at >= ${from}::timestamptz` : sql``} ${to ? sql`and e.at < ${to}::timestamptz` : sql``}`

/**
 * Events about one thing, or all, newest first unless `ascending`; a keyset page. The reader's scope is applied:
 * what he may not see is left out, so a page may be shorter than its limit.
 */
export const readTimeline = async (ctx: ReadContext, wanted: Ask): Promise<Page<TimelineRow>> => {
  const after = wanted.cursor ? readCursor(wanted.cursor, placeShape) : null
  const order = sql.raw(wanted.ascending ? 'asc' : 'desc')
  const compare = sql.raw(wanted.ascending ? '>' : '<')
  const from = wanted.about
    ? sql`event_about a join events e on e.at = a.at and e.seq = a.seq where a.ref = ${wanted.about}`
    : sql`events e where true`
  const place = wanted.about ? sql`(a.at, a.seq)` : sql`(e.at, e.seq)`
  // In the statement, so that a page of what others may read is not empty because it was full of internal events.
  const audience = ctx.scope.internal ? sql`` : sql`and e.audience <> 'internal'`
  const beyond = after ? sql`and ${place} ${compare} (${after[0]}::timestamptz, ${after[1]}::bigint)` : sql``
  const { rows } = await sql<FeedEvent>`
    select e.seq, e.id, e.at, e.type, e.actor_kind, e.actor_id, e.actor_name, e.subject, e.about, e.team_id, e.audience, e.data
    from ${from} ${audience} ${filtered(wanted)} ${beyond} order by ${wanted.about ? sql`a.at ${order}, a.seq ${order}` : sql`e.at ${order}, e.seq ${order}`}
    limit ${wanted.limit + 1}`.execute(ctx.db)
  const page = toPage(rows, wanted.limit, (e) => [e.at, e.seq])
  return { next: page.next, items: page.items.filter((e) => maySee(ctx.scope, e)).map((e) => asRow(ctx.registry, e)) }
}

const asRow = (registry: Registry, e: FeedEvent): TimelineRow => ({
  id: e.id,
  at: e.at,
  type: e.type,
  actor: { kind: e.actor_kind, id: e.actor_id, name: e.actor_name },
  subject: e.subject,
  about: e.about,
  ...inWords(registry, e),
  audience: e.audience,
  data: e.data,
})
