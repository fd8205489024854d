import { z } from 'zod'
import { policyInput } from '../../../contract/sla/index.ts'
import type { Db } from '../../platform/db/pool.ts'
import { notFound } from '../../platform/errors.ts'
import { query } from '../../platform/query.ts'
import { allPolicies, type SlaPolicy } from './policy.ts'

type Named = { id: string; name: string }

const namesOf = async (db: Db, table: 'services' | 'business_units' | 'calendars', ids: readonly string[]) => {
  const wanted = [...new Set(ids)]
  const rows: Named[] =
    wanted.length === 0 ? [] : await db.selectFrom(table).select(['id', 'name']).where('id', 'in', wanted).execute()
  return new Map(rows.map((r) => [r.id, r]))
}

/** Policies as readers get them, with the names of what they mention; what is gone has no name and is left away. */
export const showPolicies = async (db: Db, policies: readonly SlaPolicy[]) => {
  const services = await namesOf(
    db,
    'services',
    policies.flatMap((p) => p.appliesTo.serviceIds),
  )
  const units = await namesOf(
    db,
    'business_units',
    policies.flatMap((p) => p.appliesTo.businessUnitIds),
  )
  const calendars = await namesOf(
    db,
    'calendars',
    policies.flatMap((p) => p.calendarId ?? []),
  )
  const known = (map: Map<string, Named>, ids: readonly string[]) => ids.flatMap((id) => map.get(id) ?? [])
  return policies.map((p) => ({
    ...p,
    cutOffs: [...p.cutOffs],
    pauseReasons: [...p.pauseReasons] as ('user' | 'vendor' | 'change' | 'scheduled')[],
    calendar: (p.calendarId && calendars.get(p.calendarId)) || null,
    services: known(services, p.appliesTo.serviceIds),
    businessUnits: known(units, p.appliesTo.businessUnitIds),
  }))
}

/** One of them. Throws `not_found`. */
export const showPolicy = async (db: Db, id: string) => {
  const policy = (await allPolicies(db)).find((p) => p.id === id)
  const [shown] = policy ? await showPolicies(db, [policy]) : []
  if (!shown) throw notFound('The SLA policy')
  return shown
}

export const listSlaPolicies = query('sla.list', {
  permission: 'sla.read',
  input: z.object({}),
  run: async (ctx) => ({ items: await showPolicies(ctx.db, await allPolicies(ctx.db)) }),
})

export const readSlaPolicy = query('sla.read', {
  permission: 'sla.read',
  input: policyInput,
  run: (ctx, { id }) => showPolicy(ctx.db, id),
})
