import type { House } from '../../server/platform/house.ts'
import { about, pastRuns } from './nights.ts'

/** Speaks to the API as somebody who may write jobs and deadlines. */
type Speak = (method: 'GET' | 'POST' | 'PATCH', path: string, body?: unknown) => Promise<{ [key: string]: unknown }>

type Job = {
  name: string
  /** Usual minutes, and how much they differ. */
  takes: readonly [minutes: number, spread: number]
  after?: readonly string[]
  box?: string
  /** Minutes before now at which it starts, of one that waits for nothing. */
  starts?: number
  /** What it did tonight, in minutes before now: its start, and its end unless it runs. */
  ran?: readonly [start: number, end?: number, exit?: number]
  resources?: readonly string[]
}

const zone = 'Europe/London'
const done = (name: string, minutes: number, start: number, more: Partial<Job> = {}): Job => ({
  name,
  takes: [minutes, Math.max(1, minutes / 12)],
  ran: [start, start - minutes],
  ...(more.after ? {} : { starts: start }),
  ...more,
})
const waits = (name: string, minutes: number, after: readonly string[], more: Partial<Job> = {}): Job => ({
  name,
  takes: [minutes, Math.max(0.7, minutes / 9)],
  after,
  ...more,
})

/** A night of a bank in which the price job runs long: each job after those that it waits for. */
const jobs: readonly Job[] = [
  done('FEED_LSE', 12, 290),
  done('FEED_XETRA', 14, 288),
  done('FEED_NYSE', 16, 280),
  done('FEED_TSE', 9, 276),
  done('FEED_FX', 6, 270),
  done('REF_DATA', 22, 266, { after: ['FEED_LSE', 'FEED_XETRA'] }),
  done('REF_CHECK', 6, 240, { after: ['REF_DATA'] }),
  done('CORP_ACTIONS', 18, 236, { after: ['REF_CHECK'] }),
  done('BOOK_CLOSE_LN', 8, 232),
  done('BOOK_CLOSE_NY', 9, 226),
  done('BOOK_CLOSE_TK', 7, 222),
  done('TRADES_LN', 21, 220, { after: ['BOOK_CLOSE_LN'] }),
  done('TRADES_NY', 25, 214, { after: ['BOOK_CLOSE_NY'] }),
  done('TRADES_TK', 13, 212, { after: ['BOOK_CLOSE_TK'] }),
  done('EOD_TRADES', 32, 184, { after: ['TRADES_LN', 'TRADES_NY', 'TRADES_TK', 'CORP_ACTIONS'] }),
  done('EOD_POS', 24, 150, { after: ['EOD_TRADES'] }),
  done('POS_RECON', 19, 124, { after: ['EOD_POS'] }),
  done('EOD_FX_FIX', 6, 116, { after: ['FEED_FX'] }),
  done('EOD_CURVES', 17, 108, { after: ['EOD_FX_FIX', 'FEED_NYSE'] }),
  done('EOD_DIVS', 11, 96, { after: ['CORP_ACTIONS'] }),
  {
    name: 'EOD_PRICES',
    takes: [48, 5],
    after: ['EOD_POS', 'EOD_CURVES', 'FEED_TSE'],
    ran: [62],
    resources: ['prdbat'],
  },
  { name: 'EOD_VOLS', takes: [22, 2], after: ['EOD_CURVES', 'EOD_DIVS'], ran: [20], resources: ['prdbat'] },
  { name: 'CREDIT_SPREADS', takes: [26, 3], after: ['EOD_CURVES'], ran: [14] },
  { name: 'EOD_PNL_BOX', takes: [0, 0], after: ['EOD_POS'] },
  waits('EOD_CALC', 16, ['EOD_PRICES', 'EOD_VOLS', 'POS_RECON'], { box: 'EOD_PNL_BOX' }),
  waits('EOD_RISK', 8, ['EOD_CALC', 'CREDIT_SPREADS'], { box: 'EOD_PNL_BOX' }),
  waits('EOD_ATTRIB', 9, ['EOD_CALC'], { box: 'EOD_PNL_BOX' }),
  waits('EOD_REPORT', 11, ['EOD_CALC'], { box: 'EOD_PNL_BOX' }),
  waits('EOD_CHECKS', 3, ['EOD_RISK', 'EOD_ATTRIB', 'EOD_REPORT']),
  waits('EOD_DIST', 4, ['EOD_CHECKS']),
  waits('RISK_LIMITS', 14, ['EOD_RISK']),
  waits('RISK_VAR', 31, ['EOD_RISK', 'CREDIT_SPREADS']),
  waits('RISK_PACK', 7, ['RISK_VAR', 'RISK_LIMITS']),
  done('STL_MATCH', 14, 80, { after: ['TRADES_LN'] }),
  { name: 'STL_CREST_OUT', takes: [6, 1], after: ['STL_MATCH'], ran: [18, 14, 12] },
  waits('STL_SWIFT_OUT', 5, ['STL_CREST_OUT']),
  done('CASH_RECON', 21, 64, { after: ['EOD_TRADES'] }),
  done('CASH_REPORT', 5, 42, { after: ['CASH_RECON'] }),
]

type Deadline = {
  name: string
  job: string
  /** Minutes from now. */
  due: number
  consequence: string
  audience: string
  cost?: string
  service: 'riskReporting' | 'riskEngine' | 'settlement'
}

const deadlines: readonly Deadline[] = [
  {
    name: 'EOD P&L',
    job: 'EOD_DIST',
    due: 39,
    consequence: 'Derivatives desk opens without P&L; risk limits stay at yesterday’s',
    audience: '37 traders on 4 desks, product control',
    cost: 'about 40,000 an hour',
    service: 'riskReporting',
  },
  {
    name: 'Risk pack to the regulator',
    job: 'RISK_PACK',
    due: 130,
    consequence: 'The report of the day before is late; the regulator is told by the chief risk officer',
    audience: 'Risk control',
    service: 'riskEngine',
  },
  {
    name: 'SWIFT cut-off',
    job: 'STL_SWIFT_OUT',
    due: 75,
    consequence: 'Payments of the day go a day later',
    audience: 'Settlement, 12 clients',
    cost: 'interest on about 60 million',
    service: 'settlement',
  },
  {
    name: 'Cash report',
    job: 'CASH_REPORT',
    due: 20,
    consequence: 'Treasury funds by estimate',
    audience: 'Treasury',
    service: 'settlement',
  },
]

export type EodNight = { jobs: ReadonlyMap<string, string>; deadlines: ReadonlyMap<string, string> }

/**
 * A night in which a chain is in danger, as if it were always this time of night: jobs with forty past nights, what has
 * run of them since, and deadlines around now. A business date begins seven hours ago, so that it holds at any hour.
 */
export const eodNight = async (
  house: Pick<House, 'platform'>,
  url: string,
  speak: Speak,
  services: Readonly<Record<Deadline['service'], string>>,
): Promise<EodNight> => {
  const { clock } = house.platform
  const now = clock.now()
  const wall = (minutes: number) => now.add({ minutes }).toZonedDateTimeISO(zone).toPlainDateTime()
  const clockAt = (minutes: number) => wall(minutes).toPlainTime().toString().slice(0, 5)
  const ids = new Map<string, string>()
  const serviceOf = (name: string) =>
    services[/^(STL|CASH)/.test(name) ? 'settlement' : name.startsWith('RISK') ? 'riskEngine' : 'riskReporting']
  for (const job of jobs) {
    const of = (job.after ?? []).map((one) => ({
      kind: 'job',
      job: ids.get(one),
      is: 'succeeded',
      within: 'same-date',
    }))
    const [hour, minute] = clockAt(-(job.starts ?? 0)).split(':')
    const made = await speak('POST', '/jobs', {
      name: job.name,
      serviceId: serviceOf(job.name),
      schedule: of.length > 0 ? { kind: 'waits', zone } : { kind: 'cron', expression: `${minute} ${hour} * * *`, zone },
      waits: {
        isBox: job.name.endsWith('_BOX'),
        box: job.box ? ids.get(job.box) : null,
        condition: of.length > 0 ? { kind: 'all', of } : null,
        resources: (job.resources ?? []).map((name) => ({ name, units: 1 })),
      },
      graceSeconds: 86_400,
      maxRunSeconds: 86_400,
    })
    ids.set(job.name, String(made.id))
  }
  for (const job of jobs) {
    const id = ids.get(job.name) ?? ''
    const [takes, spread] = job.takes
    if (takes > 0) {
      const began = now.subtract({ minutes: job.ran?.[0] ?? job.starts ?? 0 }).toZonedDateTimeISO('UTC')
      await pastRuns(house, id, {
        at: began.toPlainTime().toString().slice(0, 5),
        minutes: about(takes, spread),
      })
    }
    if (!job.ran) continue
    const [start, end, exit = 0] = job.ran
    const rid = crypto.randomUUID()
    const ping = (what: string, before: number) =>
      fetch(
        `${url}/ping/${id}${what}?${new URLSearchParams({ rid, host: 'prdbat01', at: now.subtract({ seconds: Math.round(before * 60) }).toString() })}`,
      )
    await ping('/start', start)
    if (end !== undefined) await ping(`/${exit}`, end)
  }
  const made = new Map<string, string>()
  for (const { job, due, service, ...deadline } of deadlines) {
    // By the date on which the night began.
    const date = wall(-7 * 60).toPlainDate()
    const answer = await speak('POST', '/deadlines', {
      ...deadline,
      jobId: ids.get(job),
      serviceId: services[service],
      due: { kind: 'by', time: clockAt(due), days: date.until(wall(due).toPlainDate()).days, zone },
      cut: clockAt(-7 * 60),
      weekdays: [1, 2, 3, 4, 5, 6, 7],
      tellFrom: 'at_risk',
    })
    made.set(deadline.name, String(answer.id))
  }
  return { jobs: ids, deadlines: made }
}
