import { sql } from 'kysely'
import type { Environment } from '../../../contract/base.ts'
import type { Db } from '../../platform/db/pool.ts'
import { type FoundService, findHost, findService, findServiceByName, servicesOnHost } from '../catalog/index.ts'
import { findTeam } from '../identity/index.ts'
import { type Route, type RouteFacts, routeOf } from './route-rules.ts'
import type { Signal } from './signal.ts'
import type { SourceRow } from './source-rows.ts'

const usable = (service: FoundService | null) => (service && !service.archived ? service : null)

/** Finds service, environment and team of a signal, with the sentences that say how. */
export const findRoute = async (
  db: Db,
  source: SourceRow,
  signal: Pick<Signal, 'service' | 'host' | 'environment' | 'team'>,
): Promise<Omit<Route, 'teamWhy'>> => {
  const { teamWhy, ...route } = routeOf({
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
  const sentence = route.teamId ? `Team ${team?.name ?? 'unknown'}: ${teamWhy}` : `No team: ${teamWhy}`
  return { ...route, sentences: [...route.sentences, sentence] }
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
