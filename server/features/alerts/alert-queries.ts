import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { alertIdInput, listAlertsInput } from '../../../contract/alerts/alert.ts'
import { canAlert } from '../../../contract/alerts/can.ts'
import { type AlertStatus, type Severity, type SignalKind, severities } from '../../../contract/alerts/words.ts'
import type { ReadContext } from '../../platform/context.ts'
import { readCursor, toPage } from '../../platform/db/keyset.ts'
import { containing } from '../../platform/db/like.ts'
import { notFound } from '../../platform/errors.ts'
import { query } from '../../platform/query.ts'
import { readTimeline } from '../../platform/timeline.ts'
import { stateOf } from './alert-guard.ts'
import { type Alert, alertRef, asAlert } from './alert-rows.ts'
import { selectAlerts } from './alert-view.ts'

type Listing = z.output<typeof listAlertsInput>

const open = sql`a.status in ('firing', 'blind')`
const views: Record<Listing['view'], RawBuilder<unknown>> = {
  firing: sql`${open} and a.held is null`,
  held: sql`${open} and a.held is not null`,
  all: sql`true`,
}

const conditions = (input: Listing): RawBuilder<unknown>[] => {
  const list = [views[input.view]]
  if (input.sourceId) list.push(sql`a.source_id = ${input.sourceId}`)
  if (input.serviceId) list.push(sql`a.service_id = ${input.serviceId}`)
  if (input.teamId) list.push(sql`a.team_id = ${input.teamId}`)
  if (input.environment) list.push(sql`a.environment = ${input.environment}`)
  if (input.severity)
    list.push(sql`a.severity = any(${severities.slice(0, severities.indexOf(input.severity) + 1)}::text[])`)
  if (input.q) list.push(sql`(a.title ilike ${containing(input.q)} or a.host ilike ${containing(input.q)})`)
  if (input.cursor) {
    const [at, id] = readCursor(input.cursor, z.tuple([z.string(), z.uuid()]))
    list.push(sql`(a.started_at, a.id) < (${at}::timestamptz, ${id}::uuid)`)
  }
  return list
}

/** Alerts, newest first. */
export const listAlerts = query('alert.list', {
  permission: 'alert.read',
  input: listAlertsInput,
  async run(ctx, input) {
    if (ctx.scope.rows !== 'all') return { items: [], next: null }
    const where = sql.join(conditions(input), sql` and `)
    const rows = await selectAlerts(
      ctx.db,
      sql`where ${where} order by a.started_at desc, a.id desc limit ${input.limit + 1}`,
    )
    return toPage(rows, input.limit, (a) => [a.startedAt, a.id])
  },
})

/** An alert with all that its page shows. */
export const getAlert = query('alert.get', {
  permission: 'alert.read',
  input: alertIdInput,
  async run(ctx, { id }) {
    const row = await ctx.db.selectFrom('alerts').selectAll().where('id', '=', id).executeTakeFirst()
    const [shown] = await selectAlerts(ctx.db, sql`where a.id = ${id}`)
    if (!row || !shown || ctx.scope.rows !== 'all') throw notFound('The alert')
    const alert = asAlert(row)
    const state = stateOf(alert, shown.source.kind)
    const timeline = await readTimeline(ctx, { about: alertRef(alert), limit: TIMELINE })
    return {
      ...shown,
      details: alert.summary,
      dedupKey: alert.dedup_key,
      labels: alert.labels as Record<string, string>,
      links: alert.links as { label: string; url: string }[],
      route: (alert.route as { sentences?: string[] }).sentences ?? [],
      signals: await signalsOf(ctx, alert),
      previous: await previousOf(ctx, alert),
      timeline: timeline.items.reverse(),
      can: {
        acknowledge: canAlert.acknowledge(state),
        unacknowledge: canAlert.unacknowledge(state),
        resolve: canAlert.resolve(state),
        silence: canAlert.silence(state),
      },
    }
  },
})

const TIMELINE = 100
const SIGNALS = 50
const PREVIOUS = 10

type SignalRow = {
  id: string
  at: Temporal.Instant
  happened_at: Temporal.Instant
  kind: SignalKind
  severity: Severity | null
  summary: string
  notes: string[] | null
}

// Received from an hour before it began by the sender's clock to a day after it ended.
const signalsOf = async (ctx: ReadContext, a: Alert) => {
  const until = a.ended_at ? sql`and at < ${a.ended_at}::timestamptz + interval '1 day'` : sql``
  const { rows } = await sql<SignalRow>`
    select id, at, happened_at, kind, severity, summary, body->'notes' as notes from signals
    where source_id = ${a.source_id} and dedup_key = ${a.dedup_key}
      and at >= ${a.started_at}::timestamptz - interval '1 hour' ${until}
    order by at desc, id desc limit ${SIGNALS}`.execute(ctx.db)
  return rows.map((s) => ({
    id: s.id,
    at: s.at,
    happenedAt: s.happened_at,
    kind: s.kind,
    severity: s.severity,
    summary: s.summary,
    notes: s.notes ?? [],
  }))
}

const previousOf = async (ctx: ReadContext, a: Alert) => {
  const rows = await ctx.db
    .selectFrom('alerts')
    .select(['id', 'status', 'started_at as startedAt', 'ended_at as endedAt'])
    .where('source_id', '=', a.source_id)
    .where('dedup_key', '=', a.dedup_key)
    .where('flip', '<', a.flip)
    .orderBy('flip', 'desc')
    .limit(PREVIOUS)
    .execute()
  return rows.filter((r) => r.id !== a.id).map((r) => ({ ...r, status: r.status as AlertStatus }))
}

const capped = (which: RawBuilder<unknown>) =>
  sql<number>`(select count(*) from (select 1 from alerts a where ${open} and ${which} limit 1001) x)`

/** How many alerts fire, and how many are held back: for the floor. */
export const countAlerts = query('alert.counts', {
  permission: 'alert.read',
  input: z.object({}),
  async run(ctx) {
    if (ctx.scope.rows !== 'all') return { firing: 0, blind: 0, acknowledged: 0, held: 0, silenced: 0, maintenance: 0 }
    const { rows } = await sql<{
      firing: number
      blind: number
      acknowledged: number
      held: number
      silenced: number
      maintenance: number
    }>`
      select ${capped(sql`a.held is null and a.status = 'firing'`)} as firing,
        ${capped(sql`a.held is null and a.status = 'blind'`)} as blind,
        ${capped(sql`a.held is null and a.acknowledged_at is not null`)} as acknowledged,
        ${capped(sql`a.held is not null`)} as held,
        ${capped(sql`a.held is not null and a.held->>'kind' = 'silence'`)} as silenced,
        ${capped(sql`a.held is not null and a.held->>'kind' = 'maintenance'`)} as maintenance`.execute(ctx.db)
    return rows[0] ?? { firing: 0, blind: 0, acknowledged: 0, held: 0, silenced: 0, maintenance: 0 }
  },
})
