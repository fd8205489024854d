import type { Targets } from '../targets/index.ts'
import type { Voice } from './voice.ts'

export type Stage = { targets: Targets; voice: Voice; jobs: ReadonlyMap<string, string>; now(): string }
/** Something that goes wrong and heals. `minutes`: how long it lasts. */
export type Scene = {
  name: string
  minutes: number
  begin(stage: Stage): Promise<void>
  end(stage: Stage): Promise<void>
}

const error = (status: number, words: string) => ({ kind: 'error' as const, status, words })

const target = (name: string, minutes: number, path: string, fault: Parameters<Targets['break']>[1]): Scene => ({
  name,
  minutes,
  begin: async ({ targets }) => targets.break(path, fault),
  end: async ({ targets }) => targets.heal(path),
})

const prometheus = (
  name: string,
  minutes: number,
  alert: { name: string; labels: Record<string, string>; summary: string },
): Scene => {
  let since = ''
  return {
    name,
    minutes,
    async begin({ voice, now }) {
      since = now()
      await voice.alertmanager({ ...alert, since }, false)
    },
    end: ({ voice }) => voice.alertmanager({ ...alert, since }, true),
  }
}

const failure = [
  'STL_STATUS: begin',
  'read 18,204 rows',
  'ERROR ORA-01555: snapshot too old: rollback segment number 9 too small',
  'stopped, exit 12',
].join('\n')

const failedJob = (name: string, minutes: number, slug: string, host: string): Scene => ({
  name,
  minutes,
  async begin({ voice, jobs }) {
    const run = crypto.randomUUID()
    const job = jobs.get(slug) as string
    await voice.ping(job, '/start', run, host)
    await voice.ping(job, '/12', run, host, failure)
  },
  async end({ voice, jobs }) {
    const run = crypto.randomUUID()
    const job = jobs.get(slug) as string
    await voice.ping(job, '/start', run, host)
    await voice.ping(job, '/0', run, host, 'run again from step 3\nwrote 18,204 rows\ndone\n')
  },
})

const told = (name: string, who: string, service: string, title: string, says: string): Scene => ({
  name,
  minutes: 1,
  begin: ({ voice }) => voice.report(who, service, title, says),
  end: async () => undefined,
})

/** In this order, and from the beginning again. The first is one for which a known error is at hand. */
export const scenes: readonly Scene[] = [
  target(
    'Market data heartbeat London answers 503',
    5,
    'md-london',
    error(503, 'no multicast: IGMP membership expired'),
  ),
  told(
    'M. Laurent reports it',
    'laurent',
    'equities-order-entry',
    'No prices on EMEA blotters',
    'All blotters of the cash desk have been empty for a minute. Orders go through, we price by voice.',
  ),
  failedJob('A settlement job fails with ORA-01555', 6, 'ldn-settle-status', 'prdbat01'),
  prometheus('A queue fills up', 5, {
    name: 'QueueDepth',
    labels: { severity: 'high', service: 'message-bus', host: 'mq-01', queue: 'STL.IN' },
    summary: 'Depth of STL.IN on mq-01 is over 50,000',
  }),
  target('Client portal sign-in is cut', 4, 'portal-login', { kind: 'cut' }),
  {
    name: 'The grid loses a rack',
    minutes: 6,
    begin: ({ voice }) =>
      voice.pagerduty(
        'rack-7',
        'Rack 7 of the compute grid lost power, 24 nodes are away',
        { service: 'compute-grid', team: 'systems' },
        false,
      ),
    end: ({ voice }) =>
      voice.pagerduty('rack-7', 'Rack 7 of the compute grid is back', { service: 'compute-grid' }, true),
  },
  told(
    'S. Ricci reports a flat surface',
    'sofia',
    'volatility-surfaces',
    'Vol surface of SIEGn.DE is flat beyond March',
    'Everything after March has the same vol. I cannot quote.',
  ),
  target('FX stream London answers slowly, then not at all', 5, 'fx-london', { kind: 'slow', ms: 6_000 }),
  prometheus('A disk fills up', 8, {
    name: 'DiskFull',
    labels: { severity: 'medium', service: 'file-transfer', host: 'prdbat02' },
    summary: 'Disk /data of prdbat02 is 91 % full',
  }),
  target('Order gateway Tokyo answers 500', 4, 'orders-tokyo', error(500, 'OutOfMemoryError')),
]
