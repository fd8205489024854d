import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/** What `/metrics` shows; each process has a registry of its own, so that several run in one test. */
export const createMetrics = () => {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  return {
    registry,
    http: new Histogram({
      name: 'watchfloor_http_seconds',
      help: 'Requests answered',
      labelNames: ['route', 'method', 'status'],
      buckets: SECONDS,
      registers,
    }),
    due: new Counter({
      name: 'watchfloor_due_total',
      help: 'Due work run, by outcome',
      labelNames: ['verb', 'outcome'],
      registers,
    }),
    signals: new Counter({
      name: 'watchfloor_signals_total',
      help: 'Signals taken in, by source kind and outcome',
      labelNames: ['kind', 'outcome'],
      registers,
    }),
    pings: new Counter({
      name: 'watchfloor_pings_total',
      help: 'Pings of jobs, by kind and outcome',
      labelNames: ['kind', 'outcome'],
      registers,
    }),
    checks: new Counter({
      name: 'watchfloor_checks_total',
      help: 'Looks made, by kind and outcome',
      labelNames: ['kind', 'outcome'],
      registers,
    }),
    checkLate: new Histogram({
      name: 'watchfloor_check_late_seconds',
      help: 'How late a look started',
      buckets: SECONDS,
      registers,
    }),
    deliveries: new Counter({
      name: 'watchfloor_deliveries_total',
      help: 'Delivery attempts, by channel and outcome',
      labelNames: ['channel', 'outcome'],
      registers,
    }),
    deliverySeconds: new Histogram({
      name: 'watchfloor_delivery_seconds',
      help: 'From the decision to tell somebody to the channel having taken it',
      labelNames: ['channel'],
      buckets: SECONDS,
      registers,
    }),
    jobState: new Gauge({
      name: 'watchfloor_job_state',
      help: '1 for the state in which a job is; of the first 5,000 jobs by id',
      labelNames: ['slug', 'team', 'id', 'state'],
      registers,
    }),
    jobLastDuration: new Gauge({
      name: 'watchfloor_job_last_duration_seconds',
      help: 'How long the last run of a job took that ended',
      labelNames: ['slug', 'team', 'id'],
      registers,
    }),
    jobLastEnd: new Gauge({
      name: 'watchfloor_job_last_end_timestamp_seconds',
      help: 'When the last run of a job ended',
      labelNames: ['slug', 'team', 'id'],
      registers,
    }),
    deadlineOdds: new Gauge({
      name: 'watchfloor_deadline_odds',
      help: 'Odds that a deadline is missed, 0 to 1',
      labelNames: ['deadline'],
      registers,
    }),
    deadlineSlack: new Gauge({
      name: 'watchfloor_deadline_slack_seconds',
      help: 'From the expected end of a chain to its deadline; negative when it is expected late',
      labelNames: ['deadline'],
      registers,
    }),
    deadlineState: new Gauge({
      name: 'watchfloor_deadline_state',
      help: '1 for the state in which a deadline is',
      labelNames: ['deadline', 'state'],
      registers,
    }),
    streams: new Gauge({ name: 'watchfloor_live_streams', help: 'Browsers connected to the live feed', registers }),
  }
}

/**
 * Gauges whose values are read when `/metrics` is asked for. They are asked at the same time: the first has all of them read,
 * and none answers before.
 */
export const readWhenAsked = (gauges: readonly Gauge<string>[], read: () => Promise<void>): void => {
  let reading: Promise<void> | null = null
  const collect = () => {
    reading ??= read().finally(() => {
      reading = null
    })
    return reading
  }
  for (const gauge of gauges) Object.assign(gauge, { collect })
}

export type Metrics = ReturnType<typeof createMetrics>
