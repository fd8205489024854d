import pg from 'pg'
import { scratchDatabase } from '../test/harness/database.ts'
import { startServer } from '../test/harness/process.ts'
import { fillDesk, type House, TICKETS, words } from './fill-desk.ts'
import { fillKnown } from './fill-known.ts'
import { answerTimes, type Figure, ms, percentile } from './tools.ts'

const MESSAGES_OF_EACH = 10
const ASKED = 150

/** Pages of the desk with a million tickets and ten million messages; beside each, a lookup of one ticket by its number. */
export const benchDesk = async (): Promise<Figure[]> => {
  const { url, house, drop } = await filled()
  const server = await startServer({ DATABASE_URL: url, LOG_LEVEL: 'error' })
  await server.ready()
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const bare = await p95(ASKED, async (n) => {
    await client.query('select id from tickets where number = $1', [numberOf(n)])
  })
  const beside = `a lookup by number in the database: p95 ${ms(bare)}`
  const figures: Figure[] = []
  for (const [what, limit, paths] of asks(house)) {
    let [slowest, worst] = ['', 0]
    for (const path of paths) {
      const value = percentile(await answerTimes(server, ASKED, path), 95)
      process.stderr.write(`  ${ms(value)} ${path(9)}\n`)
      if (value > worst) [slowest, worst] = [path(9), value]
    }
    figures.push({
      what: `${what}, with ${TICKETS.toLocaleString('en')} tickets and ${(TICKETS * MESSAGES_OF_EACH).toLocaleString('en')} messages`,
      ours: `p95 ${ms(worst)}, the slowest of ${paths.length}: ${slowest.replace(/[0-9a-f-]{36}/g, '…')}`,
      beside,
      budget: `p95 < ${limit} ms`,
      ok: worst < limit,
    })
  }
  await client.end()
  await server.kill('SIGTERM')
  await drop()
  return figures
}

/** BENCH_DESK: the address of a database that an earlier run has filled, to measure it again; it is left as it is then. */
const filled = async (): Promise<{ url: string; house: House; drop(): Promise<void> }> => {
  const given = process.env.BENCH_DESK
  const database = given ? { url: given, drop: async () => undefined } : await scratchDatabase()
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  const ids = async (sql: string) => (await client.query<{ id: string }>(sql)).rows.map((r) => r.id)
  if (!given) {
    const server = await startServer({ DATABASE_URL: database.url, LOG_LEVEL: 'error' })
    await server.ready()
    await fillKnown(server, client, await fillDesk(server, client, MESSAGES_OF_EACH))
    await server.kill('SIGTERM')
  }
  const house = {
    services: await ids('select id from services order by name'),
    teams: await ids('select id from teams order by name'),
    people: await ids("select id from users where email like 'p%@example.com' order by email"),
  }
  await client.end()
  return { url: database.url, house, drop: database.drop }
}

type Path = (n: number) => string

const pick = <T>(list: readonly T[], n: number): T => list[n % list.length] as T
const numberOf = (n: number) => `INC-${1 + ((n * 7_919) % TICKETS)}`

const told = (n: number) =>
  encodeURIComponent(`${pick(words, n)} ${pick(words, n + 3)} ${pick(words, n + 11)} since this morning`)

const asks = (house: House): [what: string, limit: number, paths: Path[]][] => [
  [
    'A view of the queue',
    100,
    [
      () => '/tickets?view=open&limit=100',
      () => '/tickets?view=unassigned&limit=100',
      () => '/tickets?view=recent&limit=100',
      (n) => `/tickets?view=open&teamId=${pick(house.teams, n)}&priority=2`,
      (n) => `/tickets?view=open&serviceId=${pick(house.services, n)}`,
      (n) => `/tickets?view=recent&serviceId=${pick(house.services, n)}&state=closed`,
      (n) => `/tickets?view=open&assigneeId=${pick(house.people, n)}`,
      () => '/tickets?view=recent&state=cancelled',
      (n) => `/tickets/count?view=open&teamId=${pick(house.teams, n)}`,
      () => '/tickets/count?view=open&priority=2',
      () => '/tickets/counts',
      () => '/tickets/at-risk',
    ],
  ],
  [
    'A ticket, its timeline, its messages',
    150,
    [(n) => `/tickets/${numberOf(n)}`, (n) => `/tickets/${numberOf(n)}/timeline?limit=50`],
  ],
  [
    'A search',
    300,
    [
      (n) => `/tickets?view=recent&q=${pick(words, n * 3)}`,
      (n) => `/tickets?view=recent&q=${encodeURIComponent(`${pick(words, n)} ${pick(words, n + 7)}`)}`,
      (n) => `/tickets?view=recent&q=${numberOf(n)}`,
      () => '/tickets?view=recent&q=zebrafish',
      // As it is typed, before it is whole: nothing begins so, and the planner expects that something does.
      (n) => `/tickets?view=recent&q=${'monitoring'.slice(0, 3 + (n % 6))}`,
      // What stands in a reply alone; what is half typed; words far apart in the list of what is open.
      (n) => `/tickets?view=recent&q=ORA-${10_000 + ((n * 7_919) % 32_768)}`,
      (n) => `/tickets?view=recent&q=${encodeURIComponent(`ldn${n % 500} ${pick(words, n).slice(0, 4)}`)}`,
      (n) => `/tickets?view=open&q=${encodeURIComponent(`session ${pick(words, n)}`)}`,
    ],
  ],
  [
    'Suggestions while one types',
    200,
    [
      (n) => `/tickets/similar?serviceId=${pick(house.services, n)}&text=${told(n)}`,
      (n) => `/tickets/similar?text=${encodeURIComponent(`${pick(words, n)} ${pick(words, n + 5)}`)}`,
      (n) => `/knowledge/suggestions?limit=6&serviceId=${pick(house.services, n)}&text=${told(n)}`,
      // The portal, before a service is chosen and with a word half typed.
      (n) =>
        `/knowledge/suggestions?limit=3&text=${encodeURIComponent(`${pick(words, n)} ${pick(words, n + 5).slice(0, 4)}`)}`,
      (n) => `/services/${pick(house.services, n)}/changes?upstream=yes&limit=5`,
      (n) => `/alerts/around?limit=5&serviceId=${pick(house.services, n)}`,
      (n) => `/tickets/candidates?id=${numberOf(n)}`,
      (n) => `/tickets/candidates?id=${numberOf(n)}&q=${pick(words, n)}`,
      (n) =>
        `/tickets/candidates?id=${numberOf(n)}&closed=yes&q=${encodeURIComponent(`${pick(words, n)} ${pick(words, n + 7)}`)}`,
      (n) =>
        `/phone-log/reading?line=${encodeURIComponent(`desk ${1 + (n % 200)} ${pick(words, n)} ${pick(words, n + 3)} since 0915 P2`)}`,
      (n) =>
        `/phone-log/reading?line=${encodeURIComponent(`service ${1 + (n % 60)} ${pick(words, n)} ${pick(words, n + 11).slice(0, 4)}`)}`,
      // What is searched in the browser comes as a whole.
      () => '/request-types',
    ],
  ],
]

const p95 = async (count: number, act: (n: number) => Promise<void>) => {
  const times: number[] = []
  for (let n = 0; n < count; n++) {
    const started = performance.now()
    await act(n)
    times.push(performance.now() - started)
  }
  return percentile(times, 95)
}
