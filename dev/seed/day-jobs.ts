import type { Instant } from '../../server/platform/clock.ts'
import type { Speak } from './day.ts'
import type { World } from './index.ts'

type Job = {
  name: string
  service: keyof World['services']
  schedule: object
  graceSeconds: number
  maxRunSeconds?: number
  description?: string
  host: string
  /** How often it ran in the last days, and how many minutes it takes. */
  every: { hours: number }
  minutes: number
  /** How its last run goes. */
  now: 'ok' | 'failed' | 'running' | 'silent'
}

const london = 'Europe/London'
const cron = (expression: string, zone = london) => ({ kind: 'cron', expression, zone })

const jobs: Job[] = [
  {
    name: 'EOD prices',
    service: 'marketData',
    schedule: cron('0 22 * * 1-5'),
    graceSeconds: 600,
    maxRunSeconds: 7_200,
    description: 'Closing prices of all venues into the reference database. Without them EOD P&L is not right.',
    host: 'prdbat01',
    every: { hours: 24 },
    minutes: 41,
    now: 'ok',
  },
  {
    name: 'Risk batch',
    service: 'riskEngine',
    schedule: cron('30 23 * * 1-5'),
    graceSeconds: 900,
    maxRunSeconds: 14_400,
    host: 'prdbat02',
    every: { hours: 24 },
    minutes: 148,
    now: 'ok',
  },
  {
    name: 'Settlement file to CREST',
    service: 'settlement',
    schedule: cron('15 6 * * 1-5'),
    graceSeconds: 300,
    description: 'When it fails with ORA-01555, ask the DBAs for a larger undo and run it again.',
    host: 'prdbat01',
    every: { hours: 24 },
    minutes: 6,
    now: 'failed',
  },
  {
    name: 'Cash reconciliation',
    service: 'settlement',
    schedule: { kind: 'oncalendar', expression: 'Mon..Fri 05:30\nSat 09:00', zone: london },
    graceSeconds: 1_200,
    host: 'prdbat02',
    every: { hours: 24 },
    minutes: 22,
    now: 'ok',
  },
  {
    name: 'Margin report',
    service: 'riskReporting',
    schedule: cron('45 6 * * 1-5'),
    graceSeconds: 600,
    host: 'prdbat01',
    every: { hours: 24 },
    minutes: 13,
    now: 'running',
  },
  {
    name: 'Position snapshot',
    service: 'riskEngine',
    // So short that its silence shows within a moment.
    schedule: { kind: 'period', seconds: 10 },
    graceSeconds: 0,
    host: 'prdbat02',
    every: { hours: 1 },
    minutes: 2,
    now: 'silent',
  },
  {
    name: 'Client statements',
    service: 'primeReporting',
    schedule: cron('0 6 * * 1-5', 'America/New_York'),
    graceSeconds: 1_800,
    host: 'prdbat01',
    every: { hours: 24 },
    minutes: 55,
    now: 'ok',
  },
]

const failure = [
  'STL_CREST_OUT 4.12 started',
  'reading instructions of value date … 18,204',
  'ORA-01555: snapshot too old: rollback segment number 9 too small',
  'file was not sent, exit 12',
].join('\n')

/** A handful of batch jobs with the runs of some days, as their machines would have told them. */
export const seedJobs = async (speak: Speak, world: World, origin: string, now: Instant): Promise<void> => {
  for (const job of jobs) {
    const { host, every, minutes, now: last, service, ...fields } = job
    const made = await speak('POST', '/jobs', { ...fields, serviceId: world.services[service] })
    const ping = async (what: string, at: Instant | null, rid: string, body?: string) => {
      const query = new URLSearchParams({ rid, host, ...(at && { at: at.toString() }) })
      await fetch(`${origin}/ping/${String(made.id)}${what}?${query}`, body ? { method: 'POST', body } : {})
    }
    for (let run = 6; run >= 1; run--) {
      // Believable, and the same each time: no two runs take equally long.
      const took = minutes * (1 + (((run * 37 + job.name.length * 11) % 9) - 4) / 20)
      const end = now.subtract({ hours: every.hours * (run - 1), minutes: 70 - job.name.length })
      const rid = crypto.randomUUID()
      const isLast = run === 1
      await ping('/start', end.subtract({ seconds: Math.round(took * 60) }), rid)
      if (isLast && last === 'running') continue
      if (isLast && last === 'failed') await ping('/12', end, rid, failure)
      else await ping('/0', isLast && last === 'silent' ? null : end, rid, `${job.name}: done\n`)
    }
  }
}
