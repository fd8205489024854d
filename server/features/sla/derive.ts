import type { SlaTarget } from '../../../contract/sla/index.ts'
import type { Instant } from '../../platform/clock.ts'
import { addBusiness, aroundTheClock, type CalendarRules } from '../calendars/index.ts'
import { durationWords, timeWords } from './words.ts'

export type Given = {
  /** 1 to 5. */
  priority: number
  policy: { name: string; version: number; target: SlaTarget }
  /** The support calendar; null is around the clock. */
  calendar: { name: string; version: number; rules: CalendarRules } | null
  from: Instant
}

/** How due times came about: kept with the ticket, so that they can be explained and computed again. */
export type Derivation = {
  policy: string
  policyVersion: number
  calendar: string
  calendarVersion: number | null
  zone: string
  from: string
  firstResponseMinutes: number | null
  resolutionMinutes: number | null
  sentences: string[]
}

export type DueTimes = {
  firstResponseDueAt: Instant | null
  resolutionDueAt: Instant | null
  derivation: Derivation
}

const AROUND_THE_CLOCK = 'around the clock'

/**
 * Due times as a function of policy, calendar and start alone. A due time is the first instant at which so many minutes
 * of the clock's time have passed; null when there is no target, or when the calendar never comes so far, and the
 * sentences say which.
 */
export const derive = ({ priority, policy, calendar, from }: Given): DueTimes => {
  const { target } = policy
  const counted = target.clock === 'support' ? calendar : null
  const zone = calendar?.rules.zone ?? 'UTC'
  const due = (what: string, minutes: number | null): { at: Instant | null; sentence: string } => {
    if (minutes === null) return { at: null, sentence: `P${priority}: no target for the ${what}.` }
    const found = addBusiness(counted?.rules ?? aroundTheClock, from, minutes * 60_000)
    const how = counted ? `in the open hours of ${counted.name}` : AROUND_THE_CLOCK
    const start = `P${priority}: ${what} within ${durationWords(minutes)}, counted ${how}`
    if (found.kind === 'never') return { at: null, sentence: `${start}: no due time. ${found.reason}` }
    const doubt = found.known
      ? ''
      : ` Its holidays are known through ${counted?.rules.validThrough} only, so this may move.`
    return { at: found.at, sentence: `${start}: due ${timeWords(found.at, from, zone)}.${doubt}` }
  }
  const firstResponse = due('first response', target.firstResponse)
  const resolution = due('resolution', target.resolution)
  return {
    firstResponseDueAt: firstResponse.at,
    resolutionDueAt: resolution.at,
    derivation: {
      policy: policy.name,
      policyVersion: policy.version,
      calendar: counted?.name ?? AROUND_THE_CLOCK,
      calendarVersion: counted?.version ?? null,
      zone,
      from: from.toString(),
      firstResponseMinutes: target.firstResponse,
      resolutionMinutes: target.resolution,
      sentences: [firstResponse.sentence, resolution.sentence],
    },
  }
}
