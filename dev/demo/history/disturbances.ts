import { arrivals, DAY, HOUR, MINUTE } from './hours.ts'
import type { Random } from './random.ts'

export type PastMonitor = {
  id: string
  name: string
  /** The path that it looks at; null when it is a port. */
  target: string | null
  service: string
  intervalSeconds: number
  environment: string
}
export type Disturbance = {
  id: string
  monitor: PastMonitor
  state: 'down' | 'degraded'
  from: number
  to: number
  message: string
  ms: number
}

const down = [
  'answered 503 Service Unavailable',
  'no answer within 5 s',
  'refused the connection',
  'answered 500 Internal Server Error',
  'the connection was cut',
]
const degraded = ['answered after 2.4 s', 'answered after 3.1 s', 'answered after 1.9 s']
/** What a port can say: nothing. */
const portDown = ['no answer within 5 s', 'refused the connection', 'the connection was cut']
const portDegraded = ['accepted after 2.4 s', 'accepted after 1.9 s']

/** What a look at it says while all is well. */
export const fineWords = ({ target }: Pick<PastMonitor, 'target'>): string =>
  target === null ? 'accepts connections' : 'HTTP 200 OK'

/** Some are worse than others. */
const troubled = /Portal|portal|FIX|heartbeat|Volatility|grid|Statements/

/** When which monitor was not up; each is over by `now`, and no two of one monitor touch. */
export const pastDisturbances = (
  random: Random,
  monitors: readonly PastMonitor[],
  now: number,
  days: number,
  wanted: number,
): Disturbance[] => {
  const weights = monitors.map((m) => [m, troubled.test(m.name) ? 4 : 1] as const)
  const busyUntil = new Map<string, number>()
  return arrivals(random, now - days * DAY, now - 2 * HOUR, wanted).flatMap(({ at }) => {
    const monitor = random.weighted(weights)
    const state = random.chance(0.65) ? ('down' as const) : ('degraded' as const)
    const length = Math.min(4 * HOUR, Math.max(2 * MINUTE, 9 * MINUTE * random.spread(1)))
    const to = Math.round(at + length)
    const [bad, slow] = monitor.target === null ? [portDown, portDegraded] : [down, degraded]
    const message = random.pick(state === 'down' ? bad : slow)
    const made = { id: random.uuid(), monitor, state, from: at, to, message, ms: random.whole(20, 5_000) }
    if (to > now - 30 * MINUTE || (busyUntil.get(monitor.id) ?? 0) + 10 * MINUTE > at) return []
    busyUntil.set(monitor.id, to)
    return [made]
  })
}
