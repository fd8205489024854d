import { afterAll, beforeAll, expect, it } from 'vitest'
import { startServer } from './harness/process.ts'
import { seedDatabase, seededSecret } from './harness/seeded.ts'
import { startSmtpSink } from './harness/smtp-sink.ts'
import { startSystemPostgres } from './harness/system-postgres.ts'

let postgres: Awaited<ReturnType<typeof startSystemPostgres>>
beforeAll(async () => {
  postgres = await startSystemPostgres()
})
afterAll(() => postgres?.stop())

it('runs on the PostgreSQL of the system by DATABASE_URL: migrates, pages, sends', async () => {
  expect(Number.parseInt(postgres.version, 10)).toBeGreaterThanOrEqual(15)
  const sink = await startSmtpSink()
  const env = { DATABASE_URL: postgres.url, SMTP_URL: sink.url, SECRET_KEY: seededSecret }
  const first = await startServer(env)
  await first.ready()
  await first.kill('SIGTERM')
  const world = await seedDatabase(postgres.url)
  const server = await startServer(env)
  await server.ready()
  const opened = await server.api('POST', '/tickets', {
    kind: 'incident',
    title: 'No prices',
    serviceId: world.services.orderEntry,
    impact: 'high',
    urgency: 'high',
    page: true,
  })
  expect(opened.status).toBe(201)
  await sink.next((m) => /INC-1 No prices/.test(m.subject), 15_000)
  await server.kill('SIGTERM')
  await sink.stop()
}, 60_000)
