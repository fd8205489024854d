import { sql } from 'kysely'
import type { Db } from '../../platform/db/pool.ts'
import { prepared } from '../../platform/db/prepared.ts'
import type { ServiceRef } from './graph.ts'

export type FoundService = {
  id: string
  slug: string
  name: string
  kind: ServiceRef['kind']
  tier: number
  ownerTeamId: string | null
  calendarId: string | null
  environments: string[]
  costPerHour: number | null
  currency: string | null
  archived: boolean
}

const fields = sql<FoundService>`
  id, slug, name, kind, tier, owner_team_id as "ownerTeamId", calendar_id as "calendarId", environments,
  cost_per_hour as "costPerHour", currency, archived_at is not null as archived`

/** The service of this id, archived or not; null when there is none. */
export const findService = async (db: Db, id: string): Promise<FoundService | null> => {
  const { rows } = await sql<FoundService>`${prepared} select ${fields} from services where id = ${id}`.execute(db)
  return rows[0] ?? null
}

/** The service that a tool means by a word: its slug, else its name in any case; archived ones are not meant. */
export const findServiceByName = async (db: Db, word: string): Promise<FoundService | null> => {
  const { rows } = await sql<FoundService>`
    select ${fields} from services
    where archived_at is null and (slug = lower(${word}) or lower(name) = lower(${word}))
    order by (slug = lower(${word})) desc, id limit 1`.execute(db)
  return rows[0] ?? null
}

export type FoundHost = { id: string; name: string; environment: string; site: string; teamId: string | null }

/** The host of this name, in any case; null when there is none. */
export const findHost = async (db: Db, name: string): Promise<FoundHost | null> => {
  const { rows } = await sql<FoundHost>`${prepared}
    select id, name, environment, site, team_id as "teamId" from hosts where lower(name) = lower(${name})`.execute(db)
  return rows[0] ?? null
}

/** The services that run on each of these hosts, the most critical first; a host that nothing runs on is not there. */
export const servicesOnHosts = async (db: Db, hostIds: readonly string[]): Promise<Map<string, ServiceRef[]>> => {
  const { rows } = await sql<ServiceRef & { host: string }>`${prepared}
    select d.depends_on_host_id as host, s.id, s.name, s.kind, s.tier
    from dependencies d join services s on s.id = d.service_id
    where d.depends_on_host_id = any(${hostIds}::uuid[]) and s.archived_at is null
    order by s.tier, lower(s.name), s.id`.execute(db)
  const services = new Map<string, ServiceRef[]>()
  for (const { host, ...service } of rows) services.set(host, [...(services.get(host) ?? []), service])
  return services
}

/** The services that run on a host, the most critical first. */
export const servicesOnHost = async (db: Db, hostId: string): Promise<ServiceRef[]> =>
  (await servicesOnHosts(db, [hostId])).get(hostId) ?? []

type FoundUnit = { id: string; slug: string; name: string; people: number | null }

/** The business unit of this id; null when there is none. */
export const findUnit = async (db: Db, id: string): Promise<FoundUnit | null> => {
  const { rows } = await sql<FoundUnit>`select id, slug, name, people from business_units where id = ${id}`.execute(db)
  return rows[0] ?? null
}

/** Beyond so many, the least critical are not known by name. */
const MOST_NAMED = 5_000

type NamedService = { id: string; slug: string; name: string; tier: number }

/** All services that can be meant by a name, the most critical first. */
export const serviceNames = async (db: Db): Promise<NamedService[]> => {
  const { rows } = await sql<NamedService>`
    select id, slug, name, tier from services where archived_at is null order by tier, id limit ${MOST_NAMED}`.execute(
    db,
  )
  return rows
}

/** All business units that can be meant by a name. */
export const unitNames = async (db: Db): Promise<{ id: string; slug: string; name: string }[]> => {
  const { rows } = await sql<{ id: string; slug: string; name: string }>`
    select id, slug, name from business_units order by lower(name), id limit ${MOST_NAMED}`.execute(db)
  return rows
}

/** What a business unit works with, the most critical first. */
export const servicesOfUnit = async (db: Db, unitId: string): Promise<ServiceRef[]> => {
  const { rows } = await sql<ServiceRef>`
    select s.id, s.name, s.kind, s.tier from service_business_units u join services s on s.id = u.service_id
    where u.business_unit_id = ${unitId} and s.archived_at is null order by s.tier, lower(s.name), s.id`.execute(db)
  return rows
}
