/**
 * `npm run test:ha`: the primary of a PostgreSQL cluster is killed under load of signals and pages. Nothing accepted is
 * lost, no page is skipped, what may have been told twice says so. Prints how long nothing was taken. For the night: it
 * takes two minutes, and wants Patroni, etcd and HAProxy (`dev/install-test-deps ha`).
 */
import { setTimeout as pause } from 'node:timers/promises'
import { until } from '../harness/patience.ts'
import { startServer } from '../harness/process.ts'
import { startSmtpSink } from '../harness/smtp-sink.ts'
import { connectTool } from '../harness/tool.ts'
import { LOCK_SECONDS, startCluster } from './cluster.ts'
import { pagesOf } from './pages.ts'

const say = (line: string) => console.log(`${new Date().toISOString().slice(11, 19)} ${line}`)
const BEFORE_SECONDS = 10
const AFTER_SECONDS = 10
/** For each of the two processes. */
const SENDERS = 8

say('Starting etcd, two PostgreSQL under Patroni, and HAProxy …')
const cluster = await startCluster()
const mail = await startSmtpSink()
const wrong: string[] = []
const email = 'marta@harbour-bank.example'
const env = {
  DATABASE_URL: cluster.url,
  SMTP_URL: mail.url,
  ADMIN_EMAIL: email,
  ADMIN_PASSWORD: 'correct horse battery staple',
}
const first = await startServer(env)
await first.ready()
const second = await startServer(env)
await second.ready()
say(`Two processes run on ${await cluster.primary()}.`)

const tools = [await connectTool(first), await connectTool(second)]
const pages = await pagesOf(first, second)
const stopLoad = [
  ...tools.flatMap((tool) => Array.from({ length: SENDERS }, () => tool.keepSending(5))),
  pages.keepAsking(500),
]
await pause(BEFORE_SECONDS * 1000)
const accepted = () => tools.reduce((sum, tool) => sum + tool.accepted.length, 0)
say(`${accepted()} signals and ${pages.accepted.length} pages were accepted so far.`)

/** Mailed, by itself or in one mail with others. */
const wasMailed = (number: string) =>
  mail.messages().some(({ subject, text }) => new RegExp(`\\b${number}\\b`).test(`${subject}\n${text}`))

const killed = await cluster.killPrimary()
const at = performance.now()
const before = accepted()
say(`The primary (${killed}) is killed.`)
await until('there is a new primary', async () => ![killed, null].includes(await cluster.primary()), 120_000)
const elected = performance.now()
await until('signals are accepted again', async () => accepted() > before + 20, 60_000)
const back = performance.now()
const seconds = (from: number, to: number) => ((to - from) / 1000).toFixed(1)
say(
  `A new primary after ${seconds(at, elected)} s (the lock of the old one lives ${LOCK_SECONDS} s), signals again ${seconds(elected, back)} s later.`,
)
await pause(AFTER_SECONDS * 1000)
for (const stop of stopLoad) await stop()

for (const tool of tools) {
  await until('each accepted signal is an alert', async () => (await tool.lost()).length === 0, 240_000).catch(
    async () => wrong.push(`${(await tool.lost()).length} accepted signals are no alerts`),
  )
}
await until('each accepted page was mailed', async () => pages.accepted.every(wasMailed), 90_000).catch(() => undefined)
const skipped = pages.accepted.filter((number) => !wasMailed(number))
if (skipped.length > 0) wrong.push(`pages were skipped: ${skipped.join(', ')}`)

const ids = mail.messages().map((m) => m.header('x-watchfloor-delivery') ?? '')
const doubles = [...new Set(ids.filter((id, index) => ids.indexOf(id) !== index))]
for (const id of doubles) {
  const { body } = await first.api('GET', `/deliveries/${id}`)
  if (!(body as { mayRepeat: boolean }).mayRepeat) wrong.push(`delivery ${id} was sent twice and does not say so`)
}
const refused = tools.flatMap((tool) => tool.refused)
const odd = refused.filter(({ status }) => status !== 503)
if (odd.length > 0) wrong.push(`answers other than 503: ${JSON.stringify(odd.slice(0, 3))}`)

await cluster.rejoin(killed)
say(`${killed} follows the new primary.`)
say(
  `${accepted()} signals accepted, none lost: ${wrong.length === 0}. ${refused.length} were answered 503 with Retry-After.`,
)
say(`${pages.accepted.length} pages accepted, ${skipped.length} skipped, ${doubles.length} mailed twice, each said so.`)
await first.kill('SIGTERM')
await second.kill('SIGTERM')
await mail.stop()
await cluster.stop()
for (const line of wrong) say(`WRONG: ${line}`)
if (wrong.length > 0)
  for (const server of [first, second])
    for (const line of server
      .output()
      .split('\n')
      .filter((l) => l.includes('"level":50'))
      .slice(0, 5))
      console.log(line.slice(0, 1_000))
say(wrong.length === 0 ? 'All is well.' : `${wrong.length} wrong.`)
process.exit(wrong.length === 0 ? 0 : 1)
