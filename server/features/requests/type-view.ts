import { sql } from 'kysely'
import type { Db } from '../../platform/db/pool.ts'
import { userNames } from '../identity/index.ts'
import { selectTypes, type TypeRow } from './type-rows.ts'

/** A type as the catalogue lists it. Who fulfils it is the desk's own. */
export const typeRow = (t: TypeRow, internal: boolean) => ({
  id: t.id,
  slug: t.slug,
  name: t.name,
  description: t.description,
  category: t.category,
  icon: t.icon,
  retiredAt: t.retired_at,
  needsApproval: t.approvals.length > 0,
  team: internal ? { id: t.team_id, name: t.team_name } : null,
  service: t.service_id ? { id: t.service_id, name: t.service_name ?? '' } : null,
})

const GONE = 'one that is gone'

const namesOf = async (db: Db, table: 'teams' | 'business_units', ids: readonly string[]) => {
  if (ids.length === 0) return new Map<string, string>()
  const rows = await db
    .selectFrom(table)
    .select(['id', 'name'])
    .where('id', 'in', [...ids])
    .execute()
  return new Map(rows.map((r) => [r.id, r.name]))
}

/** A type with its form. Those who ask learn who approves, not how it is fulfilled. */
export const typeView = async (db: Db, t: TypeRow, internal: boolean) => {
  const units = await namesOf(db, 'business_units', t.business_unit_ids)
  const people = await userNames(
    db,
    t.approvals.flatMap(({ by }) => (by.kind === 'people' ? by.userIds : [])),
  )
  const teams = await namesOf(
    db,
    'teams',
    t.approvals.flatMap(({ by }) => (by.kind === 'leads' ? [by.teamId] : [])),
  )
  const named = (names: Map<string, string>) => (id: string) => ({ id, name: names.get(id) ?? GONE })
  return {
    ...typeRow(t, internal),
    priority: t.priority,
    // One that was deleted stays in the list, so that saving does not open the type to everybody.
    businessUnits: internal ? t.business_unit_ids.map(named(units)) : [],
    form: t.form,
    formVersion: t.current_version,
    checklist: internal ? t.checklist : [],
    approvals: t.approvals.map(({ by, ...rest }) => ({
      ...rest,
      by: {
        kind: by.kind,
        people: by.kind === 'people' ? by.userIds.map(named(people)) : [],
        team: by.kind === 'leads' ? named(teams)(by.teamId) : null,
      },
    })),
    updatedAt: t.updated_at,
    version: t.version,
  }
}

/** As it stands now, for those who keep the catalogue. */
export const showType = async (db: Db, id: string) => {
  const [type] = await selectTypes(db, sql`r.id = ${id}::uuid`)
  if (!type) throw new Error(`There is no request type ${id}.`)
  return typeView(db, type, true)
}
