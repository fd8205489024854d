import { sql } from 'kysely'
import { previewAlertRouteInput } from '../../../contract/alerts/alert-route.ts'
import type { AlertStatus, Severity } from '../../../contract/alerts/words.ts'
import type { Environment } from '../../../contract/base.ts'
import type { Db } from '../../platform/db/pool.ts'
import { query } from '../../platform/query.ts'
import { type Facts, holds } from './alert-route-condition.ts'
import { requireCondition } from './alert-route-guard.ts'
import { enabledRules } from './alert-route-rows.ts'
import { firstThatHolds, placeBy, type RouteRule } from './alert-route-rules.ts'
import type { KeptRoute } from './find-route.ts'
import { whyNoIncident } from './route-rules.ts'

const LOOKED = 500
const SHOWN = 50
const MOST_NOTES = 3

/**
 * The simulator: what a route would have done with the newest alerts, in its place among the others. Each alert is looked
 * at as it was before any route decided about it.
 */
export const previewAlertRoute = query('alert_route.preview', {
  permission: 'alert_route.read',
  input: previewAlertRouteInput,
  async run(ctx, { id, before, ...draft }) {
    requireCondition(draft.condition)
    const rules = await enabledRules(ctx.db)
    const rule: RouteRule = { ...draft, id: id ?? 'draft', name: '' }
    const earlier = rules.slice(0, placeOf(rules, id, before))
    const rows = await newestAlerts(ctx.db)
    const notes = new Set<string>()
    const matched = rows.filter((row) => {
      const held = holds(draft.condition, factsOf(row))
      if (typeof held === 'string') notes.add(held)
      return held === true
    })
    const names = await namesOf(ctx.db, rule, matched)
    const items = matched.slice(0, SHOWN).map((row) => {
      const taker = firstThatHolds(earlier, factsOf(row))
      const was = { serviceId: row.service_id, teamId: row.team_id, environment: row.environment }
      const base = baseOf(row)
      const becomes = placeBy(taker ?? rule, base, (service) => names.owners.get(service) ?? null)
      const why = whyNoIncident({
        status: row.status === 'blind' ? 'blind' : 'firing',
        severity: row.severity,
        opensIncident: row.opens_incident,
        sourceName: row.source_name,
        rule: taker ?? rule,
      })
      const show = (p: typeof was) => ({
        service: names.service(p.serviceId),
        team: names.team(p.teamId),
        environment: p.environment,
      })
      return {
        alert: {
          id: row.id,
          title: row.title,
          severity: row.severity,
          status: row.status,
          host: row.host,
          source: row.source_name,
          startedAt: row.started_at as unknown as string,
        },
        takenBy: taker?.name ?? null,
        was: show(was),
        becomes: show(becomes),
        priority: (taker ?? rule).priority,
        policy: names.policy((taker ?? rule).policyId),
        opensIncident: why === null,
      }
    })
    return { looked: rows.length, matched: matched.length, items, notes: [...notes].slice(0, MOST_NOTES) }
  },
})

/** How many rules come before the draft: those before the one that it replaces, or before `before`. */
const placeOf = (rules: readonly RouteRule[], id: string | undefined, before: string | null): number => {
  const at = rules.findIndex((r) => r.id === (id ?? before))
  return at < 0 ? rules.length : at
}

type Row = {
  id: string
  title: string
  summary: string
  severity: Severity
  status: AlertStatus
  dedup_key: string
  labels: Record<string, string>
  host: string | null
  environment: Environment
  service_id: string | null
  team_id: string | null
  started_at: Temporal.Instant
  route: Partial<KeptRoute>
  source_slug: string
  source_name: string
  opens_incident: boolean
  base_slug: string | null
  base_name: string | null
  base_tier: number | null
  base_team: string | null
}

const newestAlerts = async (db: Db): Promise<Row[]> => {
  const { rows } = await sql<Row>`
    with newest as materialized (select * from alerts order by started_at desc, id desc limit ${LOOKED})
    select a.id, a.title, a.summary, a.severity, a.status, a.dedup_key, a.labels, a.host, a.environment, a.service_id,
      a.team_id, a.started_at, a.route, s.slug as source_slug, s.name as source_name, s.opens_incident,
      v.slug as base_slug, v.name as base_name, v.tier as base_tier, t.slug as base_team
    from newest a join sources s on s.id = a.source_id
      left join services v on v.id = case when a.route ? 'base' then (a.route #>> '{base,serviceId}')::uuid else a.service_id end
      left join teams t on t.id = case when a.route ? 'base' then (a.route #>> '{base,teamId}')::uuid else a.team_id end
    order by a.started_at desc, a.id desc`.execute(db)
  return rows
}

const baseOf = (r: Row) => r.route.base ?? { serviceId: r.service_id, teamId: r.team_id, environment: r.environment }

const factsOf = (r: Row): Facts => ({
  alert: {
    title: r.title,
    details: r.summary,
    severity: r.severity,
    status: r.status === 'blind' ? 'blind' : 'firing',
    key: r.dedup_key,
    source: r.source_slug,
    host: r.host ?? '',
    environment: baseOf(r).environment,
    labels: r.labels,
  },
  service: { slug: r.base_slug ?? '', name: r.base_name ?? '', tier: BigInt(r.base_tier ?? 0) },
  team: r.base_team ?? '',
})

/** Names of all that may be shown, in three statements. */
const namesOf = async (db: Db, rule: RouteRule, rows: Row[]) => {
  const present = (ids: (string | null)[]) => [...new Set(ids.filter((id) => id !== null))]
  const rules = [rule, ...(await enabledRules(db))]
  const places = rows.flatMap((r) => [baseOf(r), { serviceId: r.service_id, teamId: r.team_id }])
  const services = await sql<{ id: string; name: string; owner: string | null }>`
    select id, name, owner_team_id as owner from services
    where id = any(${present([...rules, ...places].map((p) => p.serviceId))}::uuid[])`.execute(db)
  const owners = new Map(services.rows.map((s) => [s.id, s.owner]))
  const teams = await sql<{ id: string; name: string }>`
    select id, name from teams
    where id = any(${present([...[...rules, ...places].map((p) => p.teamId), ...owners.values()])}::uuid[])`.execute(db)
  const policies = await sql<{ id: string; name: string }>`
    select id, name from escalation_policies
    where id = any(${present(rules.map((r) => r.policyId))}::uuid[])`.execute(db)
  const pick = (known: { id: string; name: string }[]) => (id: string | null) => {
    const found = known.find((k) => k.id === id)
    return found ? { id: found.id, name: found.name } : null
  }
  return { owners, service: pick(services.rows), team: pick(teams.rows), policy: pick(policies.rows) }
}
