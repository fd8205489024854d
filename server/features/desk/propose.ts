import type { Environment } from '../../../contract/base.ts'
import type { Level, TicketKind } from '../../../contract/desk/index.ts'
import { counted, lengthWords } from './time-words.ts'

/** A level that follows from facts, and the facts in words. */
export type Proposal = { level: Level; because: string }

type Tiered = { name: string; tier: number }

export type ImpactFacts = {
  kind: TicketKind
  environment: Environment
  service: Tiered | null
  /** Services that depend on it, however far up. */
  dependents: readonly Tiered[]
  /** How many business units use it or what depends on it. */
  units: number
}

const SEVERAL_UNITS = 2
const lower: Record<Level, Level> = { high: 'medium', medium: 'low', low: 'low' }

const mostCritical = (service: Tiered, dependents: readonly Tiered[]): Tiered =>
  dependents.reduce((best, d) => (d.tier < best.tier ? d : best), service)

const inProduction = (tier: number, units: number): Level => {
  if (tier <= 1) return 'high'
  if (tier === 2) return units >= SEVERAL_UNITS ? 'high' : 'medium'
  return tier === 3 && units >= SEVERAL_UNITS ? 'medium' : 'low'
}

/**
 * How much of the business is hurt: by the most critical tier among the service and what depends on it, and by the
 * number of business units. Outside production nobody's business stands still: uat counts one step less, test and dev
 * are low.
 */
export const proposeImpact = (f: ImpactFacts): Proposal => {
  if (f.kind === 'request' || f.kind === 'change') return { level: 'low', because: `a ${f.kind} hurts nobody` }
  if (f.environment === 'test' || f.environment === 'dev') return { level: 'low', because: `in ${f.environment}` }
  const level = f.service ? inProduction(mostCritical(f.service, f.dependents).tier, f.units) : 'medium'
  const facts = impactWords(f)
  return f.environment === 'uat' ? { level: lower[level], because: `${facts}, in uat` } : { level, because: facts }
}

const impactWords = ({ service, dependents, units }: ImpactFacts): string => {
  if (!service) return 'no service is named'
  const most = mostCritical(service, dependents)
  const tier = most === service ? `tier ${most.tier} service` : `tier ${most.tier} service ${most.name} depends on it`
  return units === 0 ? tier : `${tier}, ${counted(units, 'business unit')}`
}

export type UrgencyFacts = {
  kind: TicketKind
  environment: Environment
  /** The most critical tier among the service and what depends on it; null without a service. */
  tier: number | null
  /** The next cut-off: milliseconds until then, and when it is in words ("07:45 London"). */
  cutOff: { inMs: number; words: string } | null
}

const HOUR = 3_600_000
/** Within an hour of the cut-off nothing can wait; within four there is time for one try. */
const HIGH_WITHIN = HOUR
const MEDIUM_WITHIN = 4 * HOUR
/** These do not wait for a cut-off: people work with them all day. */
const PRESSING_TIER = 2

/**
 * How long it can wait: by the time to the next cut-off. A tier 1 or 2 service is never of low urgency in production,
 * for a cut-off that is far away says only that the last one has passed. Outside production cut-offs do not count.
 */
export const proposeUrgency = (f: UrgencyFacts): Proposal => {
  if (f.kind === 'request') return { level: 'medium', because: 'a request' }
  if (f.kind !== 'incident') return { level: 'low', because: `a ${f.kind} can be planned` }
  if (f.environment !== 'prod')
    return { level: f.environment === 'uat' ? 'medium' : 'low', because: `cut-offs do not count in ${f.environment}` }
  if (!f.cutOff) return { level: 'medium', because: 'no cut-off is known' }
  const because = `cut-off ${f.cutOff.words} in ${lengthWords(f.cutOff.inMs)}`
  if (f.cutOff.inMs <= HIGH_WITHIN) return { level: 'high', because }
  if (f.cutOff.inMs <= MEDIUM_WITHIN) return { level: 'medium', because }
  if (f.tier !== null && f.tier <= PRESSING_TIER)
    return { level: 'medium', because: `${because}, but tier ${f.tier} is in use all day` }
  return { level: 'low', because }
}

/** The most critical tier among a service and what depends on it. */
export const tierOf = (service: Tiered | null, dependents: readonly Tiered[]): number | null =>
  service ? mostCritical(service, dependents).tier : null
