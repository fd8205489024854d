import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import type { Condition, JobWaits } from '../contract/jobs/waits.ts'
import type { ChainNode, RunFact } from '../server/features/chains/predict/night.ts'
import type { PastNight } from '../server/features/chains/predict/replay.ts'
import { dayClassesOf } from '../server/features/jobs/index.ts'

/**
 * A year of nights that are harder than most: ends of months and quarters slow where the database works, Mondays with more
 * to load and less to price, hosts and the database slow together on some nights, volumes that grow, failures that are
 * tried again or mended by people, and now and then a job that hangs. Its rules know nothing of the model.
 */

const MINUTE = 60_000
const HOSTS = ['prdbat01', 'prdbat02', 'prdbat03']

type Job = {
  name: string
  after: string[]
  gate: number | null
  minutes: number
  host: string
  database: boolean
  loads: boolean
}

/** Three feeds, eight loads, prices and risk in parts, and a report at the end: as chains of the night are. */
const jobs = (): Job[] => {
  const job = (name: string, after: string[], minutes: number, more: Partial<Job> = {}): Job => ({
    ...{ name, after, minutes, gate: null, host: '', database: false, loads: false },
    ...more,
  })
  const many = (n: number, name: string) => Array.from({ length: n }, (_, k) => `${name}_${k + 1}`)
  const database = { database: true }
  const list = [
    ...many(3, 'FEED').map((name, k) => job(name, [], 12 + 4 * k, { gate: 15 * k })),
    ...many(8, 'LOAD').map((name, k) =>
      job(name, [`FEED_${1 + (k % 3)}`], 18 + 3 * k, { database: true, loads: true }),
    ),
    ...many(6, 'CHECK').map((name, k) => job(name, [`LOAD_${k + 1}`], 6)),
    job('PRICES', [], 35, { gate: 75 }),
    ...many(8, 'RISK').map((name, k) => job(name, ['PRICES', `LOAD_${k + 1}`], 45 + 4 * k)),
    ...many(4, 'SUM').map((name, k) => job(name, [`RISK_${2 * k + 1}`, `RISK_${2 * k + 2}`], 22, database)),
    job('PNL', many(4, 'SUM'), 30, database),
    job('LEDGER', ['PNL', ...many(6, 'CHECK')], 25, database),
    job('REPORT', ['LEDGER'], 18),
  ]
  return list.map((one, k) => ({ ...one, host: HOSTS[k % HOSTS.length] as string }))
}

const waits = (job: Job): JobWaits => {
  const [only] = job.after
  const of = job.after.map((name): Condition => ({ kind: 'job', job: name, is: 'succeeded', within: 'same-date' }))
  return {
    isBox: false,
    box: null,
    condition: only === undefined ? null : { kind: 'all', of },
    conditionText: null,
    window: null,
    hold: 'none',
    resources: [],
    retries: job.loads ? 1 : 0,
    killAfterSeconds: null,
    typicalSeconds: null,
  }
}

export const hardYear = (seed: number, nights = 260) => {
  const list = jobs()
  const random = xoroshiro128plus(seed)
  for (let i = 0; i < 50; i++) random.next()
  const chance = () => (random.next() >>> 0) / 2 ** 32
  const bell = () => Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance())

  const nodes = list.map(
    (job): ChainNode => ({
      id: job.name,
      name: job.name,
      origin: null,
      key: null,
      waits: waits(job),
      zone: 'UTC',
      gates: job.gate === null ? null : [],
      shares: [`host:${job.host}`, ...(job.database ? ['database:RISKDB'] : [])],
    }),
  )
  const works = (date: Temporal.PlainDate) =>
    date.dayOfWeek < 6 && date.toString().slice(5) !== '12-25' && date.toString().slice(5) !== '01-01'
  const made: PastNight[] = []
  let database = 0
  for (let day = Temporal.PlainDate.from('2025-07-01'); made.length < nights; day = day.add({ days: 1 })) {
    if (!works(day)) continue
    const classes = dayClassesOf(day, works)
    const evening = day.toZonedDateTime({ timeZone: 'UTC', plainTime: '20:00' }).epochMilliseconds
    // A database that is slow tonight is often slow tomorrow.
    database = 0.5 * database + bell()
    const hosts = new Map(HOSTS.map((host) => [host, bell()]))
    const grown = 1 + (0.25 * made.length) / nights
    const takes = (job: Job): number => {
      const month = job.database ? 1.55 : 1.1
      const quarter = job.database ? 1.9 : 1.2
      const monday = job.loads ? 1.35 : job.name.startsWith('RISK') ? 0.85 : 1
      const special = classes.includes('quarter-end')
        ? quarter
        : classes.includes('month-end')
          ? month
          : classes.includes('monday')
            ? monday
            : 1
      const shared = 0.12 * (hosts.get(job.host) as number) + (job.database ? 0.11 * database : 0)
      const hangs = chance() < 0.003 ? 2 + 2 * chance() : 1
      return job.minutes * grown * special * hangs * Math.exp(shared + 0.13 * bell())
    }
    const ends = new Map<string, number>()
    const runs = list.map((job): RunFact[] => {
      let start = Math.max(evening + (job.gate ?? 0) * MINUTE, ...job.after.map((name) => ends.get(name) as number))
      const own: RunFact[] = []
      for (let attempt = 1; ; attempt++) {
        const minutes = takes(job)
        const fails = chance() < 0.006
        const endedAt = Math.round(start + minutes * (fails ? chance() : 1) * MINUTE)
        own.push({
          date: day.toString(),
          startedAt: start,
          endedAt,
          outcome: fails ? 'failed' : 'succeeded',
          exit: fails ? 1 : 0,
          attempt,
        })
        ends.set(job.name, endedAt)
        if (!fails) return own
        start = endedAt + (job.loads && attempt === 1 ? MINUTE : (10 + 50 * chance()) * MINUTE)
      }
    })
    made.push({
      date: day.toString(),
      previousDate: made.at(-1)?.date ?? day.subtract({ days: 1 }).toString(),
      classes,
      from: evening,
      due: null,
      asksFrom: evening,
      gates: list.map((job) => (job.gate === null ? null : [evening + job.gate * MINUTE])),
      runs,
    })
  }
  const target = nodes.length - 1
  const took = made.map((night) => (night.runs[target]?.at(-1)?.endedAt as number) - (night.gates[0]?.[0] as number))
  // The deadline is where people put it: about one night in twelve misses it.
  const allowed = took.toSorted((a, b) => a - b)[Math.floor(took.length * (1 - 1 / 12))] as number
  return { nodes, target, nights: made.map((night) => ({ ...night, due: (night.gates[0]?.[0] as number) + allowed })) }
}
