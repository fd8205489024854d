import { sql } from 'kysely'
import type { Environment } from '../../../contract/base.ts'
import type { Db } from '../../platform/db/pool.ts'
import { type FoundService, findHost, findService, findServiceByName, servicesOnHost } from '../catalog/index.ts'
import { findTeam } from '../identity/index.ts'
import { findPolicy } from '../oncall/index.ts'
import type { Facts } from './alert-route-condition.ts'
import { enabledRules } from './alert-route-rows.ts'
import { firstThatHolds, type Place, placeBy, type RouteRule } from './alert-route-rules.ts'
import { type Route, type RouteFacts, routeOf } from './route-rules.ts'
import type { Signal } from './signal.ts'
import type { SourceRow } from './source-rows.ts'

const usable = (service: FoundService | null) => (service && !service.archived ? service : null)

/** What is routed. */
export type Routable = Pick<Signal, 'summary' | 'severity' | 'labels' | 'dedupKey'> &
  Partial<Pick<Signal, 'service' | 'host' | 'environment' | 'team' | 'details'>> & {
    status: 'firing' | 'blind' | 'resolved'
  }

/** What is kept with an alert of how it was routed. */
export type KeptRoute = {
  sentences: string[]
  /** The rule that decided, if one did, and what it said beside the place. */
  rule: {
    id: string
    name: string
    priority: number | null
    opensIncident: boolean | null
    /** The escalation policy that it names. */
    policyId?: string | null
    /** It gave it to another team, whose people are paged. */
    teamFirst?: boolean
  } | null
  /** Where it would be without the rule. */
  base: Place
}

export type FoundRoute = Place & KeptRoute

/** Finds service, environment and team of a signal, with the sentences that say how: by the first rule that holds, else by default. */
export const findRoute = async (db: Db, source: SourceRow, signal: Routable): Promise<FoundRoute> => {
  const { route, sentence } = await defaultRoute(db, source, signal)
  const base: Place = { serviceId: route.serviceId, teamId: route.teamId, environment: route.environment }
  const rules = await enabledRules(db)
  const rule = rules.length > 0 ? firstThatHolds(rules, await factsOf(db, source, signal, base)) : null
  if (!rule) return { ...base, sentences: [...route.sentences, sentence], rule: null, base }
  const service = rule.serviceId ? await findService(db, rule.serviceId) : null
  const place = placeBy(rule, base, () => service?.ownerTeamId ?? null)
  const team = place.teamId === base.teamId ? null : await findTeam(db, place.teamId ?? '')
  const policy = rule.policyId ? await findPolicy(db, rule.policyId) : null
  const { id, name, priority, opensIncident, policyId } = rule
  return {
    ...place,
    sentences: [
      ...route.sentences,
      ...(team ? [] : [sentence]),
      `The route "${name}" holds: ${inWords(rule, { service: service?.name, team: team?.name, policy: policy?.name })}.`,
    ],
    rule: {
      id,
      name,
      priority,
      opensIncident,
      policyId,
      teamFirst: rule.teamId !== null && rule.teamId !== base.teamId,
    },
    base,
  }
}

/** "team DBAs, P2, no incident" */
const inWords = (r: RouteRule, names: Record<'service' | 'team' | 'policy', string | undefined>): string =>
  [
    names.service && `service ${names.service}`,
    names.team && `team ${names.team}`,
    r.environment && `environment ${r.environment}`,
    r.priority && `P${r.priority}`,
    names.policy && `escalation policy ${names.policy}`,
    r.opensIncident !== null && (r.opensIncident ? 'an incident is opened' : 'no incident'),
  ]
    .filter(Boolean)
    .join(', ') || 'as by default'

const defaultRoute = async (
  db: Db,
  source: SourceRow,
  signal: Routable,
): Promise<{ route: Route; sentence: string }> => {
  const route = routeOf({
    sourceName: source.name,
    named: signal.service ? { word: signal.service, service: await findServiceByName(db, signal.service) } : null,
    host: signal.host ? await hostFacts(db, signal.host) : null,
    environmentWord: signal.environment ?? null,
    namedTeam: signal.team ? { word: signal.team, team: await teamMeant(db, signal.team) } : null,
    source: {
      service: source.service_id ? usable(await findService(db, source.service_id)) : null,
      teamId: source.team_id,
      environment: source.environment as Environment,
    },
  })
  const team = route.teamId ? await findTeam(db, route.teamId) : null
  const sentence = route.teamId ? `Team ${team?.name ?? 'unknown'}: ${route.teamWhy}` : `No team: ${route.teamWhy}`
  return { route, sentence }
}

const factsOf = async (db: Db, source: SourceRow, s: Routable, base: Place): Promise<Facts> => {
  const service = base.serviceId ? await findService(db, base.serviceId) : null
  const team = base.teamId ? await findTeam(db, base.teamId) : null
  return {
    alert: {
      title: s.summary || s.dedupKey,
      details: s.details ?? '',
      severity: s.severity,
      status: s.status,
      key: s.dedupKey,
      source: source.slug,
      host: s.host ?? '',
      environment: base.environment,
      labels: s.labels,
    },
    service: { slug: service?.slug ?? '', name: service?.name ?? '', tier: BigInt(service?.tier ?? 0) },
    team: team?.slug ?? '',
  }
}

/** The team that a tool means by a word: its id or slug, else its name in any case; archived ones are not meant. */
const teamMeant = async (db: Db, word: string): Promise<{ id: string; name: string } | null> => {
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from teams
    where archived_at is null and (id::text = lower(${word}) or slug = lower(${word}) or lower(name) = lower(${word}))
    order by (id::text = lower(${word})) desc, (slug = lower(${word})) desc, id limit 1`.execute(db)
  return rows[0] ?? null
}

const hostFacts = async (db: Db, word: string): Promise<RouteFacts['host']> => {
  const known = await findHost(db, word)
  if (!known) return { word, known: null, services: [] }
  const refs = await servicesOnHost(db, known.id)
  const [only] = refs.length === 1 ? refs : []
  const service = only ? await findService(db, only.id) : null
  return { word, known: { environment: known.environment as Environment }, services: service ? [service] : [] }
}
