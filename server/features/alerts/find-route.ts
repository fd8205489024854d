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
  signal: Pick<Signal, 'service' | 'host' | 'environment'>,
): Promise<Route> => {
  const named = signal.service ? { word: signal.service, service: await findServiceByName(db, signal.service) } : null
  const host = signal.host ? await hostFacts(db, signal.host) : null
  const facts: Omit<RouteFacts, 'teamName'> = {
    sourceName: source.name,
    named,
    host,
    environmentWord: signal.environment ?? null,
    source: {
      service: source.service_id ? usable(await findService(db, source.service_id)) : null,
      teamId: source.team_id,
      environment: source.environment as Environment,
    },
  }
  const route = routeOf({ ...facts, teamName: () => null })
  if (!route.teamId) return route
  const team = await findTeam(db, route.teamId)
  return routeOf({ ...facts, teamName: () => team?.name ?? null })
}

const hostFacts = async (db: Db, word: string): Promise<RouteFacts['host']> => {
  const known = await findHost(db, word)
  if (!known) return { word, known: null, services: [] }
  const refs = await servicesOnHost(db, known.id)
  const [only] = refs.length === 1 ? refs : []
  const service = only ? await findService(db, only.id) : null
  return { word, known: { environment: known.environment as Environment }, services: service ? [service] : [] }
}
