import { sql } from 'kysely'
import { z } from 'zod'
import { cellMinutes, listHealthInput, stripCells } from '../../../contract/alerts/health.ts'
import type { HealthState } from '../../../contract/alerts/words.ts'
import type { Environment } from '../../../contract/base.ts'
import { type Instant, isBefore, plusMinutes } from '../../platform/clock.ts'
import type { ReadContext } from '../../platform/context.ts'
import { readCursor, toPage } from '../../platform/db/keyset.ts'
import { containing } from '../../platform/db/like.ts'
import { query } from '../../platform/query.ts'
import { type HealthSpan, healthOrder, stripOf } from './health-rules.ts'
import { type Holds, loadHolds, windowCovers } from './holds.ts'

const CELL_MS = cellMinutes * 60_000

type Row = {
  id: string
  slug: string
  name: string
  kind: string
  tier: number
  sort: string
  environment: Environment
  state: HealthState
  since: Instant | null
  firing: number
  rank: number
}

const cursorShape = z.tuple([z.number(), z.number(), z.string(), z.uuid(), z.string()])

/** Health of the services, the worst and most critical first, each with its last 24 hours. */
export const listHealth = query('health.list', {
  permission: 'floor.read',
  input: listHealthInput,
  async run(ctx, input) {
    const rows = await readRows(ctx, input)
    const page = toPage(rows, input.limit, (r) => [r.rank, r.tier, r.sort, r.id, r.environment])
    const now = ctx.now()
    const edge = Math.floor(now.epochMilliseconds / CELL_MS + 1) * CELL_MS
    const from = edge - stripCells * CELL_MS
    const spans = await readSpans(ctx, page.items, from, now.epochMilliseconds)
    const holds = await loadHolds(ctx.db, now)
    return {
      from: Temporal.Instant.fromEpochMilliseconds(from),
      next: page.next,
      items: page.items.map((r) => ({
        service: { id: r.id, slug: r.slug, name: r.name, kind: r.kind, tier: r.tier },
        environment: r.environment,
        state: r.state,
        since: r.since,
        firing: r.firing,
        maintenance: maintenanceOf(holds, r),
        strip: strip(spans.get(nameOf(r.id, r.environment)) ?? [], from, edge, now),
      })),
    }
  },
})

const nameOf = (id: string, environment: string) => `${id} ${environment}`

// What the present cell has not reached yet takes the state that it has.
const strip = (spans: HealthSpan[], from: number, edge: number, now: Instant) => {
  const present = now.epochMilliseconds
  const open = spans.map((s) => (s.to >= present ? { ...s, to: edge } : s))
  return stripOf(open, { from, cellMs: CELL_MS, cells: stripCells })
}

const maintenanceOf = (holds: Holds, r: Row): string | null =>
  holds.windows.find((w) =>
    windowCovers(
      { ...w, team_id: null },
      {
        serviceId: r.id,
        teamId: null,
        environment: [r.environment],
        source: [],
        service: [],
        host: [],
        team: [],
        severity: [],
        title: [],
        key: [],
        labels: {},
      },
    ),
  )?.name ?? null

const readRows = async (ctx: ReadContext, input: z.output<typeof listHealthInput>): Promise<Row[]> => {
  const after = input.cursor ? readCursor(input.cursor, cursorShape) : null
  const { rows } = await sql<Row>`
    select * from (
      select v.id, v.slug, v.name, v.kind, v.tier, lower(v.name) as sort, e.environment,
        coalesce(h.state, 'unobserved') as state, h.since, coalesce(h.firing, 0) as firing,
        array_position(${[...healthOrder]}::text[], coalesce(h.state, 'unobserved')) as rank
      from services v cross join lateral unnest(v.environments) as e(environment)
        left join service_health h on h.service_id = v.id and h.environment = e.environment
      where v.archived_at is null
        ${input.serviceId ? sql`and v.id = ${input.serviceId}` : sql``}
        ${input.environment ? sql`and e.environment = ${input.environment}` : sql``}
        ${input.search ? sql`and (v.name ilike ${containing(input.search)} or v.slug ilike ${containing(input.search)})` : sql``}
    ) x
    ${after ? sql`where (rank, tier, sort, id, environment) > (${after[0]}::int, ${after[1]}::int, ${after[2]}, ${after[3]}::uuid, ${after[4]})` : sql``}
    order by rank, tier, sort, id, environment limit ${input.limit + 1}`.execute(ctx.db)
  return rows
}

type Span = { service_id: string; environment: string; state: HealthState; from: number; to: number }

/** The spans of these services, cut down to the time in which Watchfloor was running. */
const readSpans = async (
  ctx: ReadContext,
  rows: Row[],
  from: number,
  now: number,
): Promise<Map<string, HealthSpan[]>> => {
  const since = Temporal.Instant.fromEpochMilliseconds(from)
  const ids = [...new Set(rows.map((r) => r.id))]
  const { rows: spans } = await sql<Span>`
    select service_id, environment, state, (date_part('epoch', from_at) * 1000)::int8 as "from",
      (date_part('epoch', coalesce(to_at, ${ctx.now()})) * 1000)::int8 as "to"
    from service_health_spans where service_id = any(${ids}::uuid[]) and (to_at is null or to_at > ${since})`.execute(
    ctx.db,
  )
  const observed = await ctx.db.selectFrom('observed_spans').selectAll().where('to_at', '>=', since).execute()
  const seen = observed.map((o) => ({
    from: o.from_at.epochMilliseconds,
    // Between two looks we are running as well: it is this process that answers.
    to: isBefore(plusMinutes(o.to_at, 3), ctx.now()) ? o.to_at.epochMilliseconds : now,
  }))
  const found = new Map<string, HealthSpan[]>()
  for (const s of spans) {
    const name = nameOf(s.service_id, s.environment)
    const parts = seen
      .map((o) => ({ state: s.state, from: Math.max(s.from, o.from), to: Math.min(s.to, o.to) }))
      .filter((p) => p.from < p.to)
    found.set(name, [...(found.get(name) ?? []), ...parts])
  }
  return found
}
