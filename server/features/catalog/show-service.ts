import type { Instant } from '../../platform/clock.ts'
import type { Db } from '../../platform/db/pool.ts'
import { notFound } from '../../platform/errors.ts'
import { nextCutOffAt } from './cut-off-time.ts'
import { dependentsOf, type ServiceRef } from './graph.ts'
import { unitsOf } from './units-hit.ts'

/**
 * A service with everything around it. Readers who do not run it (`internal` false) see neither its cost nor what it
 * runs on.
 */
export const showService = async (db: Db, id: string, given: { now: Instant; internal: boolean }) => {
  const row = await serviceRow(db, id)
  if (!row) throw notFound('The service')
  const inner = given.internal ? await internals(db, id) : { dependsOn: [], hosts: [], dependents: [] }
  const above = given.internal ? await dependentsOf(db, id) : []
  return {
    ...summary(row),
    description: row.description,
    calendar: row.calendar_id ? { id: row.calendar_id, name: row.calendar_name ?? '' } : null,
    costPerHour: given.internal ? row.cost_per_hour : null,
    currency: given.internal ? row.currency : null,
    archivedAt: row.archived_at,
    ...inner,
    businessUnits: await unitsOf(db, [id]),
    cutOffs: await cutOffsOf(db, id, given.now),
    impact: {
      services: above,
      businessUnits: given.internal ? await unitsOf(db, [id, ...above.map((s) => s.id)]) : [],
    },
    updatedAt: row.updated_at,
  }
}

const serviceRow = (db: Db, id: string) =>
  db
    .selectFrom('services as s')
    .leftJoin('teams as t', 't.id', 's.owner_team_id')
    .leftJoin('calendars as c', 'c.id', 's.calendar_id')
    .selectAll('s')
    .select(['t.name as team_name', 'c.name as calendar_name'])
    .where('s.id', '=', id)
    .executeTakeFirst()

type SummaryRow = {
  id: string
  slug: string
  name: string
  kind: string
  tier: number
  environments: string[]
  owner_team_id: string | null
  team_name: string | null
  archived_at: Instant | null
  version: number
}

/** A service in one line of a list. */
export const summary = (row: SummaryRow) => ({
  id: row.id,
  slug: row.slug,
  name: row.name,
  kind: row.kind as ServiceRef['kind'],
  tier: row.tier,
  environments: row.environments as ('prod' | 'uat' | 'test' | 'dev')[],
  ownerTeam: row.owner_team_id ? { id: row.owner_team_id, name: row.team_name ?? '' } : null,
  archived: row.archived_at !== null,
  version: row.version,
})

const internals = async (db: Db, id: string) => {
  const below = await db
    .selectFrom('dependencies as d')
    .leftJoin('services as s', 's.id', 'd.depends_on_service_id')
    .leftJoin('hosts as h', 'h.id', 'd.depends_on_host_id')
    .select(['d.id', 's.id as service_id', 's.name', 's.kind', 's.tier'])
    .select(['h.id as host_id', 'h.name as host_name', 'h.environment', 'h.site'])
    .where('d.service_id', '=', id)
    .orderBy('s.tier')
    .orderBy('s.name')
    .orderBy('h.name')
    .execute()
  const dependents = await db
    .selectFrom('dependencies as d')
    .innerJoin('services as s', 's.id', 'd.service_id')
    .select(['s.id', 's.name', 's.kind', 's.tier'])
    .where('d.depends_on_service_id', '=', id)
    .where('s.archived_at', 'is', null)
    .orderBy('s.tier')
    .orderBy('s.name')
    .execute()
  return {
    dependsOn: below.flatMap((d) =>
      d.service_id
        ? [
            {
              dependencyId: d.id,
              service: { id: d.service_id, name: d.name, kind: d.kind, tier: d.tier } as ServiceRef,
            },
          ]
        : [],
    ),
    hosts: below.flatMap((d) =>
      d.host_id
        ? [
            {
              dependencyId: d.id,
              host: {
                id: d.host_id,
                name: d.host_name ?? '',
                environment: d.environment as 'prod' | 'uat' | 'test' | 'dev',
                site: d.site ?? '',
              },
            },
          ]
        : [],
    ),
    dependents: dependents as ServiceRef[],
  }
}

const cutOffsOf = async (db: Db, serviceId: string, now: Instant) => {
  const rows = await db
    .selectFrom('cut_offs')
    .selectAll()
    .where('service_id', '=', serviceId)
    .orderBy('at_time')
    .orderBy('name')
    .execute()
  return rows.flatMap((c) => {
    const rule = { atTime: c.at_time, zone: c.zone, days: c.days }
    const nextAt = nextCutOffAt(rule, now)
    return nextAt ? [{ id: c.id, name: c.name, ...rule, nextAt }] : []
  })
}
