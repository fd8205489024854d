import { setTimeout as pause } from 'node:timers/promises'
import type { World } from '../../dev/seed/index.ts'
import type { Db } from '../../server/platform/db/pool.ts'
import type { HttpTarget } from '../harness/http-target.ts'
import { type ServerProcess, startServer } from '../harness/process.ts'
import type { SinkMail, SmtpSink } from '../harness/smtp-sink.ts'

export type Stage = {
  database: string
  db: Db
  world: World
  mail: SmtpSink
  target: HttpTarget
  secretKey: string
  rate: number
  clockStart: number
  /** Nobody acknowledges before the second step has been taken. */
  asleep: boolean
}

const PATIENCE_MS = 90_000

/**
 * One run of the story, while the program is killed at random moments and started again: a server dies, somebody is
 * paged, acknowledges by the link, the server returns, everyone is told. Answers what was wrong, if anything.
 */
export const runStory = async (stage: Stage, random: () => number): Promise<{ kills: number; wrong: string[] }> => {
  let server = await startProgram(stage)
  let kills = 0
  let over = false
  const killer = (async () => {
    while (!over) {
      await pause(100 + random() * 2_500)
      if (over) break
      await server.kill('SIGKILL')
      kills++
      server = await startProgram(stage)
    }
  })()
  const wrong: string[] = []
  const call = (method: string, path: string, body?: unknown) => insist(() => server.api(method, path, body))
  try {
    const monitor = (await call('POST', '/monitors', {
      kind: 'http',
      name: `Gateway ${stage.target.url}`,
      config: { address: stage.target.url, timeoutSeconds: 2 },
      serviceId: stage.world.services.orderEntry,
      intervalSeconds: 5,
      downAfter: 2,
    })) as { id: string }
    await until(
      'the monitor is up',
      async () => ((await call('GET', `/monitors/${monitor.id}`)) as { state: string }).state === 'up',
    )
    await stage.target.kill()
    const first = await stage.mail.next(isPage, PATIENCE_MS)
    const mail = stage.asleep
      ? await stage.mail.next((m) => isPage(m) && m.to.join() !== first.to.join(), PATIENCE_MS)
      : first
    const token = /\/ack\/(\S+)/.exec(mail.text)?.[1] ?? ''
    await call('POST', `/page-links/${token}`, { answer: 'acknowledge' })
    await stage.target.revive()
    await stage.mail.next(isFarewell, PATIENCE_MS)
    await until('all work is done', async () => {
      const rows = await stage.db
        .selectFrom('deliveries')
        .select('state')
        .where('state', 'in', ['queued', 'sending'])
        .execute()
      return rows.length === 0
    })
    // Deleted, and killed before it could say so: the repeat finds it gone.
    await insist(() => server.api('DELETE', `/monitors/${monitor.id}`), 404)
  } catch (error) {
    wrong.push(error instanceof Error ? error.message : String(error))
  }
  over = true
  await killer
  await server.kill('SIGKILL')
  return { kills, wrong: [...wrong, ...(await broken(stage))] }
}

const isPage = (m: SinkMail) => /INC-\d+/.test(m.subject) && /\/ack\//.test(m.text)
const isFarewell = (m: SinkMail) => /^Resolved/.test(m.subject)

const startProgram = async (stage: Stage): Promise<ServerProcess> => {
  const server = await startServer(
    {
      DATABASE_URL: stage.database,
      SMTP_URL: stage.mail.url,
      SECRET_KEY: stage.secretKey,
      CLOCK_RATE: String(stage.rate),
      CLOCK_START: String(stage.clockStart),
    },
    'test/kill/server.ts',
  )
  await server.ready()
  return server
}

/** As a person would: again and again until it is answered. Each create names itself, so that a repeat makes no second. */
const insist = async (ask: () => Promise<{ status: number; body: unknown }>, done?: number): Promise<unknown> => {
  for (const end = performance.now() + PATIENCE_MS; performance.now() < end; ) {
    const answer = await ask().catch(() => null)
    if (answer && (answer.status < 300 || answer.status === done)) return answer.body
    if (answer && answer.status < 500 && answer.status !== 409)
      throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`)
    await pause(100)
  }
  throw new Error('The program did not answer within its time.')
}

const until = async (what: string, check: () => Promise<boolean>) => {
  for (const end = performance.now() + PATIENCE_MS; performance.now() < end; ) {
    if (await check()) return
    await pause(100)
  }
  throw new Error(`It did not come to this: ${what}.`)
}

/** The promises, looked up in the database and in the mailbox. */
const broken = async ({ db, mail }: Stage): Promise<string[]> => {
  const wrong: string[] = []
  const twice = await db
    .selectFrom('page_targets')
    .select(['page_id', 'round', 'step', 'user_id'])
    .where('user_id', 'is not', null)
    .groupBy(['page_id', 'round', 'step', 'user_id'])
    .having((eb) => eb.fn.countAll(), '>', 1)
    .execute()
  if (twice.length > 0) wrong.push(`somebody was turned to twice for one step: ${JSON.stringify(twice)}`)
  const pages = await db.selectFrom('pages').select(['id', 'round', 'step']).execute()
  for (const p of pages) {
    const taken = await db.selectFrom('page_targets').select(['round', 'step']).where('page_id', '=', p.id).execute()
    for (let step = 0; step <= p.step; step++) {
      if (p.round === 0 && !taken.some((t) => t.round === 0 && t.step === step))
        wrong.push(`page ${p.id} skipped step ${step}`)
    }
  }
  const late = await db
    .selectFrom('page_targets as t')
    .innerJoin('pages as p', 'p.id', 't.page_id')
    .select(['t.page_id', 't.step'])
    .whereRef('t.at', '>', 'p.acknowledged_at')
    .execute()
  for (const { page_id, step } of late) wrong.push(`page ${page_id} took step ${step} after it was acknowledged`)
  for (const person of new Set(
    mail
      .messages()
      .filter(isPage)
      .flatMap((m) => m.to),
  )) {
    const farewells = mail.messages().filter((m) => isFarewell(m) && m.to.includes(person))
    const told = new Set(farewells.map((m) => m.header('x-watchfloor-delivery')))
    if (told.size !== 1) wrong.push(`${person} was paged, and told ${told.size} times that it is over`)
  }
  const ids = mail.messages().map((m) => m.header('x-watchfloor-delivery') ?? '')
  const repeated = [...new Set(ids.filter((id, i) => ids.indexOf(id) !== i))]
  for (const id of repeated) {
    const row = await db.selectFrom('deliveries').select('may_repeat').where('id', '=', id).executeTakeFirst()
    if (!row?.may_repeat) wrong.push(`delivery ${id} was sent twice without saying so`)
  }
  const sent = await db.selectFrom('deliveries').select('id').where('state', '=', 'sent').execute()
  for (const { id } of sent) if (!ids.includes(id)) wrong.push(`delivery ${id} says it was sent, and no mail came`)
  return wrong
}
