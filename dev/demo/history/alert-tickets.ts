import type { Site } from '../../seed/people.ts'
import type { TeamName } from '../../seed/teams.ts'
import type { Disturbance } from './disturbances.ts'
import { hands } from './hands.ts'
import { DAY, MINUTE } from './hours.ts'
import type { Random } from './random.ts'
import type { PastTicket, Step } from './tickets.ts'

export type AlertTicket = PastTicket & { disturbance: Disturbance; acknowledgedAt: number | null; onCall: string }

/** What an alert says of it, in the words that monitors have. */
export const summaryOfPast = (d: Disturbance): string =>
  d.state === 'down'
    ? `${d.monitor.name} is down: 2 of 3 looks failed, last: ${d.message}`
    : `${d.monitor.name} is degraded: ${d.message}`

const causes = [
  'Process ran out of memory after the release of last night; restarted on the second node.',
  'One node of two did not answer its health check. Taken out, service is back on the other.',
  'Connection pool was full of sessions that waited for a lock. Lock released with the DBAs.',
  'Garbage collection of eleven seconds. Heap dump kept for the developers.',
  'Network between the halls flapped; the network team confirms.',
  'Log disk was full. Cleaned, rotation put right.',
  'Certificate of an inner service had run out. Renewed.',
  'Burst of market data after the announcement; caught up by itself.',
]

/** The night of Europe is worked on from Tokyo, its evening from New York. */
const siteAt = (at: number): Site => {
  const hour = new Date(at).getUTCHours()
  if (hour >= 22 || hour < 6) return 'tokyo'
  return hour < 17 ? 'london' : 'newYork'
}

/** The incident that a disturbance opened. */
export const alertTicket = (random: Random, d: Disturbance, team: TeamName, tier: number, now: number): AlertTicket => {
  const onCall = random.pick(hands[team][siteAt(d.from)])
  const heals = d.to - d.from < 8 * MINUTE && random.chance(0.7)
  const answered = d.from + Math.round(2.5 * MINUTE * random.spread(0.6))
  const acknowledgedAt = answered < d.to ? answered : null
  const steps: Step[] = []
  if (acknowledgedAt !== null) steps.push({ at: acknowledgedAt, who: onCall, what: 'took', from: null })
  const cause = random.pick(causes)
  if (heals || acknowledgedAt === null) {
    const minutes = Math.max(1, Math.round((d.to - d.from) / MINUTE))
    const resolution = `Its alert is over by itself after ${minutes} min.`
    steps.push({ at: d.to + 2_000, who: 'Watchfloor', what: 'resolved', resolution })
  } else {
    steps.push({
      at: Math.round(acknowledgedAt + (d.to - acknowledgedAt) * 0.5),
      who: onCall,
      what: 'noted',
      body: cause,
    })
    const end = d.to + Math.round(9 * MINUTE * random.spread(0.8))
    steps.push({ at: end, who: onCall, what: 'resolved', resolution: `${cause} ${d.monitor.name} has been up since.` })
  }
  const end = steps.at(-1)?.at ?? d.to
  steps.push({ at: end + 5 * DAY, who: 'Watchfloor', what: 'closed' })
  return {
    id: random.uuid(),
    kind: 'incident',
    title: summaryOfPast(d),
    description: '',
    told: `${d.monitor.name}\n${d.message}`,
    service: d.monitor.service,
    team,
    environment: d.monitor.environment === 'uat' ? 'uat' : 'prod',
    impact: tier <= 1 ? 'high' : 'medium',
    urgency: 'medium',
    via: 'alert',
    opener: null,
    requester: null,
    openedAt: d.from + 1_500,
    steps: steps.filter((s) => s.at < now),
    disturbance: d,
    acknowledgedAt,
    onCall,
  }
}
