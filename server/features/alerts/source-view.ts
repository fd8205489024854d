import { type RawBuilder, sql } from 'kysely'
import { isBuiltInSource } from '../../../contract/alerts/words.ts'
import type { Environment } from '../../../contract/base.ts'
import type { ReadContext } from '../../platform/context.ts'
import { notFound } from '../../platform/errors.ts'
import { setupText } from './define-source.ts'
import { intakeCounters } from './journal.ts'
import { knownKind } from './source-kinds.ts'

type Instant = Temporal.Instant
type Row = {
  id: string
  kind: string
  slug: string
  name: string
  team_id: string | null
  team_name: string | null
  service_id: string | null
  service_name: string | null
  environment: Environment
  opens_incident: boolean
  enabled: boolean
  per_second: number
  expires_minutes: number | null
  created_at: Instant
  version: number
  firing: number
  last_at: Instant | null
  signals: number | null
  problems: number | null
  last_problem: string | null
  last_problem_at: Instant | null
  rate: number | null
  sort: string
}

type Asking = Pick<ReadContext, 'db' | 'now' | 'config'>

/** Sources `s` with their counters; `rest` are conditions, order and limit. */
export const selectSources = async (ctx: Asking, rest: RawBuilder<unknown>) => {
  const { rows } = await sql<Row>`
    select s.id, s.kind, s.slug, s.name, s.team_id, t.name as team_name, s.service_id, v.name as service_name,
      s.environment, s.opens_incident, s.enabled, s.per_second, s.expires_minutes, s.created_at, s.version, lower(s.name) as sort,
      (select count(*) from (select 1 from alerts a where a.source_id = s.id and a.status in ('firing', 'blind') limit 1001) x) as firing,
      c.last_at, c.signals, c.problems, c.last_problem, c.last_problem_at, c.rate
    from sources s left join teams t on t.id = s.team_id left join services v on v.id = s.service_id
      left join (${intakeCounters(ctx.now())}) c on c.source_id = s.id
    ${rest}`.execute(ctx.db)
  return rows.map((r) => ({ row: r, summary: summaryOf(r) }))
}

const pair = (id: string | null, name: string | null) => (id === null ? null : { id, name: name ?? '' })

const summaryOf = (r: Row) => ({
  id: r.id,
  kind: r.kind,
  kindTitle: knownKind(r.kind)?.title ?? r.kind,
  slug: r.slug,
  name: r.name,
  team: pair(r.team_id, r.team_name),
  service: pair(r.service_id, r.service_name),
  environment: r.environment,
  opensIncident: r.opens_incident,
  enabled: r.enabled,
  builtIn: isBuiltInSource(r.kind),
  firing: r.firing,
  lastAt: r.last_at,
  perMinute: Math.round((r.rate ?? 0) * 60 * 10) / 10,
  signals: r.signals ?? 0,
  problems: r.problems ?? 0,
  lastProblem: r.last_problem,
  lastProblemAt: r.last_problem_at,
  version: r.version,
})

export const intakeUrl = (ctx: Pick<ReadContext, 'config'>, kind: string): string => {
  const base = ctx.config.BASE_URL ?? `http://localhost:${ctx.config.PORT}`
  return `${base.replace(/\/$/, '')}${knownKind(kind)?.dialect?.paths[0] ?? `/intake/${kind}`}`
}

const PLACEHOLDER = 'YOUR-KEY'

/** A source as the API shows it; with `key`, the set-up text has it in it. Throws `not_found`. */
export const showSource = async (ctx: Asking, id: string, key = PLACEHOLDER) => {
  const [found] = await selectSources(ctx, sql`where s.id = ${id}`)
  if (!found) throw notFound('The source')
  const { row, summary } = found
  const kind = knownKind(row.kind)
  const url = summary.builtIn ? null : intakeUrl(ctx, row.kind)
  const keys = await ctx.db
    .selectFrom('source_keys')
    .select(['id', 'hint', 'created_at as createdAt', 'revoked_at as revokedAt'])
    .where('source_id', '=', id)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(20)
    .execute()
  return {
    ...summary,
    perSecond: row.per_second,
    expiresMinutes: row.expires_minutes,
    help: kind?.help ?? '',
    url,
    setup: kind && url ? setupText(kind, { url, key }) : null,
    keys,
    samples: kind?.samples.map((s) => s.name) ?? [],
    createdAt: row.created_at,
  }
}

/** The same with the key, this once. */
export const showSourceWithKey = async (ctx: Asking, id: string, key: string) => {
  const shown = await showSource(ctx, id, key)
  return { ...shown, setup: shown.setup ?? '', key }
}
