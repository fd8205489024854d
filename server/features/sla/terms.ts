import type { Db } from '../../platform/db/pool.ts'
import { findCalendar } from '../calendars/index.ts'
import { unitsHit } from '../catalog/index.ts'
import { allPolicies, type SlaPolicy } from './policy.ts'
import { type CountedCalendar, choosePolicy, type Measured } from './policy-rules.ts'

/** By what a ticket's clocks are measured. */
export type Terms = { policy: SlaPolicy; calendar: CountedCalendar; why: string }
/** What of a ticket decides its terms. */
export type TermsFor = Omit<Measured, 'unitIds'>

/**
 * The terms of many tickets with few reads: policies once, and each calendar and each service's units once. It keeps
 * what it read, so it lives no longer than the transaction that asks.
 */
export const termsReader = (db: Db) => {
  const calendars = new Map<string, CountedCalendar>()
  const services = new Map<string, { calendarId: string | null; unitIds: string[] }>()
  let policies: SlaPolicy[] | undefined

  const calendar = async (id: string | null): Promise<CountedCalendar> => {
    if (id === null) return null
    const known = calendars.get(id)
    if (known !== undefined) return known
    const found = await findCalendar(db, id)
    calendars.set(id, found)
    return found
  }
  const service = async (id: string, wantsUnits: boolean) => {
    const known = services.get(id)
    if (known) return known
    const row = await db.selectFrom('services').select('calendar_id').where('id', '=', id).executeTakeFirst()
    const unitIds = wantsUnits ? (await unitsHit(db, id)).map((u) => u.id) : []
    const found = { calendarId: row?.calendar_id ?? null, unitIds }
    services.set(id, found)
    return found
  }

  return async (ticket: TermsFor): Promise<Terms> => {
    policies ??= await allPolicies(db)
    const wantsUnits = policies.some((p) => p.appliesTo.businessUnitIds.length > 0)
    const its = ticket.serviceId ? await service(ticket.serviceId, wantsUnits) : { calendarId: null, unitIds: [] }
    const { policy, why } = choosePolicy(policies, { ...ticket, unitIds: its.unitIds })
    return { policy, why, calendar: await calendar(policy.calendarId ?? its.calendarId) }
  }
}

/** The terms of one ticket. */
export const termsFor = (db: Db, ticket: TermsFor): Promise<Terms> => termsReader(db)(ticket)
