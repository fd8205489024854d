import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { scratchDatabase } from '../test/harness/database.ts'
import { type ServerProcess, startServer } from '../test/harness/process.ts'
import { type Figure, ms } from './tools.ts'

const TICKETS = 50_000
const CLOCKS = 2 * TICKETS

/** A holiday more: how long until 100,000 open clocks are computed anew, beside one statement that moves as many rows. */
export const benchClocks = async (): Promise<Figure[]> => {
  const database = await scratchDatabase()
  const server = await startServer({ DATABASE_URL: database.url, LOG_LEVEL: 'error' })
  await server.ready()
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  const { calendar, holidays } = await openTickets(server, client)
  // The first time makes the rows; the second is measured.
  await recomputed(client, () => holidays(1))
  const { rows } = await client.query('select count(*) from ticket_clocks where stopped_at is null')
  if (Number(rows[0].count) !== CLOCKS) throw new Error(`There are ${rows[0].count} clocks, not ${CLOCKS}.`)
  await client.query('analyze tickets, ticket_clocks, due')
  const took = await recomputed(client, () => holidays(2))
  const moved = await client.query(
    'select count(*) from ticket_clocks where calendar_id = $1 and calendar_version = 3',
    [calendar],
  )
  if (Number(moved.rows[0].count) !== CLOCKS) throw new Error(`Only ${moved.rows[0].count} clocks were computed anew.`)
  const started = performance.now()
  await client.query(
    "with a as (update ticket_clocks set due_at = due_at + interval '1 hour'), b as (update tickets set due_at = due_at + interval '1 hour') update due set at = at + interval '1 hour' where verb = 'ticket.ring_clocks'",
  )
  const bare = performance.now() - started
  await client.end()
  await server.kill('SIGTERM')
  await database.drop()
  return [
    {
      what: `${CLOCKS.toLocaleString('en')} open clocks computed anew after a holiday was added`,
      ours: `${(took / 1000).toFixed(1)} s`,
      beside: `one statement that moves the same rows, by no rule: ${ms(bare)}`,
      budget: '< 10 s',
      ok: took < 10_000,
    },
  ]
}

/** One service with a calendar, and tickets of it that nobody has answered; as rows, for opening them is not what is measured. */
const openTickets = async (server: ServerProcess, client: pg.Client) => {
  const weekly = [1, 2, 3, 4, 5].map((day) => ({ day, from: '08:00', to: '18:00' }))
  const calendar = (
    await server.api('POST', '/calendars', { slug: 'c', name: 'London', zone: 'Europe/London', weekly })
  ).body as { id: string }
  const service = (
    await server.api('POST', '/services', { slug: 's', name: 'Order entry', kind: 'business', calendarId: calendar.id })
  ).body as { id: string }
  await client.query(
    `insert into tickets (id, number, kind, title, state, impact, urgency, priority, priority_reason, service_id, environment,
       opened_via, opened_by, opened_at, updated_at)
     select gen_random_uuid(), 'INC-' || 1000000 + n, 'incident', 'Ticket ' || n, 'new', 'low', 'medium', 3 + n % 3, 'by hand', $1,
       'prod', 'api', '{}', now() - n % 600 * interval '1 second', now()
     from generate_series(1, ${TICKETS}) n`,
    [service.id],
  )
  await client.query('analyze tickets')
  const holidays = (count: number) =>
    server.api('PATCH', `/calendars/${calendar.id}`, {
      exceptions: Array.from({ length: count }, (_, i) => ({
        date: new Date(Date.now() + (i + 1) * 86_400_000).toISOString().slice(0, 10),
        open: [],
        name: 'Holiday',
      })),
    })
  return { calendar: calendar.id, holidays }
}

/** Milliseconds from the change until the log says that all clocks were computed anew. */
const recomputed = async (client: pg.Client, change: () => Promise<{ status: number; body: unknown }>) => {
  const seen = async () =>
    Number(
      (
        await client.query(
          "select coalesce(sum((data->>'seen')::int), 0) as n from events where type = 'ticket.clocks_recomputed'",
        )
      ).rows[0].n,
    )
  const before = await seen()
  const started = performance.now()
  const answer = await change()
  if (answer.status >= 400) throw new Error(`The calendar was not changed: ${JSON.stringify(answer.body)}`)
  while ((await seen()) < before + TICKETS) await pause(50)
  return performance.now() - started
}
