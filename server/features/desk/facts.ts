import type { Environment } from '../../../contract/base.ts'
import type { TicketKind } from '../../../contract/desk/index.ts'
import { millisBetween } from '../../platform/clock.ts'
import type { ReadContext } from '../../platform/context.ts'
import { dependentsOf, findService, nextCutOff, unitsHit } from '../catalog/index.ts'
import { type ImpactFacts, tierOf, type UrgencyFacts } from './propose.ts'
import { wallWords } from './time-words.ts'

export type Unit = { id: string; name: string; people: number | null }
export type CutOff = { name: string; service: string; at: Temporal.Instant; words: string }

/** What the catalogue says about a ticket's service at this moment. */
export type ServiceFacts = {
  service: { id: string; name: string; tier: number; ownerTeamId: string | null; calendarId: string | null } | null
  dependents: { id: string; name: string; tier: number }[]
  units: Unit[]
  cutOff: CutOff | null
}

const nothing: ServiceFacts = { service: null, dependents: [], units: [], cutOff: null }

/** Reads who is hurt when this service is, and when the next cut-off is. */
export const serviceFacts = async (
  ctx: Pick<ReadContext, 'db' | 'now'>,
  serviceId: string | null,
): Promise<ServiceFacts> => {
  const service = serviceId ? await findService(ctx.db, serviceId) : null
  if (!service) return nothing
  const dependents = await dependentsOf(ctx.db, service.id)
  const units = await unitsHit(ctx.db, service.id)
  const next = await nextCutOff(ctx.db, service.id, ctx.now())
  const cutOff = next && { ...next, words: wallWords(next.at, next.zone, ctx.now()) }
  return { service, dependents, units, cutOff }
}

type Kind = { kind: TicketKind; environment: Environment }

export const impactFacts = (t: Kind, f: ServiceFacts): ImpactFacts => ({
  ...t,
  service: f.service,
  dependents: f.dependents,
  units: f.units.length,
})

export const urgencyFacts = (t: Kind, f: ServiceFacts, now: Temporal.Instant): UrgencyFacts => ({
  ...t,
  tier: tierOf(f.service, f.dependents),
  cutOff: f.cutOff && { inMs: millisBetween(now, f.cutOff.at), words: f.cutOff.words },
})
