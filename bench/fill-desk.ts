import type pg from 'pg'
import type { ServerProcess } from '../test/harness/process.ts'

export const TICKETS = 1_000_000
/** One ticket in a hundred is open: ten thousand, twice what a large desk has. */
const OPEN_EVERY = 100
const SERVICES = 60
const TEAMS = 12
const PEOPLE = 400

export type House = { services: string[]; teams: string[]; people: string[] }

export const words =
  'blotter price order settlement margin report gateway session logon position curve feed trade booking limit exposure currency ledger swap option repo fixing calendar holiday batch extract file transfer queue latency timeout disk memory certificate password access screen layout export import reconciliation break mismatch duplicate missing late wrong stuck slow frozen empty rejected cancelled amended unconfirmed allocation netting collateral valuation volatility surface benchmark dividend corporate action payment instruction nostro statement'.split(
    ' ',
  )

const said = 'The log says that the session was lost and that it came back by itself; we go on.'
/** Some thirty tickets each have the same. */
const errorOf = "'ORA-' || 10000 + (hashtext(t.number) & 32767)"

/** A million tickets, as rows, for opening them is not what is measured. */
export const fillDesk = async (server: ServerProcess, client: pg.Client, messagesOfEach: number): Promise<House> => {
  // One that was really opened says how the parts look that are JSON.
  const { body } = await server.api('POST', '/tickets', { title: 'The first of many' })
  const { rows: first } = await client.query('select opened_by, priority_basis, sla from tickets where id = $1', [
    (body as { ticket: { id: string } }).ticket.id,
  ])
  // Rows first, indexes after: in a third of the time.
  const { rows: indexes } = await client.query<{ name: string; definition: string }>(
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition from pg_index
     where indrelid = any('{tickets,ticket_words,ticket_search,messages}'::regclass[]) and not indisunique`,
  )
  await client.query(`drop index ${indexes.map((i) => i.name).join(', ')}`)
  await client.query("set maintenance_work_mem = '1GB'; set synchronous_commit = off")
  const ids = async (sql: string, values: unknown[] = []) =>
    (await client.query(sql, values)).rows.map((r) => r.id as string)
  const teams = await ids(
    `insert into teams (id, slug, name, kind, created_at, updated_at)
     select gen_random_uuid(), 'team-' || n, 'Team ' || n, 'l2', now(), now() from generate_series(1, ${TEAMS}) n returning id`,
  )
  const people = await ids(
    `insert into users (id, email, name, role, zone, created_at, updated_at)
     select gen_random_uuid(), 'p' || n || '@example.com', 'Person ' || n, 'responder', 'Europe/London', now(), now()
     from generate_series(1, ${PEOPLE}) n returning id`,
  )
  const services = await ids(
    `insert into services (id, slug, name, kind, owner_team_id, created_at, updated_at)
     select gen_random_uuid(), 'service-' || n, 'Service ' || n, 'business', ($1::uuid[])[1 + n % ${TEAMS}], now(), now()
     from generate_series(1, ${SERVICES}) n returning id`,
    [teams],
  )
  await client.query(
    `insert into tickets (id, number, kind, title, description, state, impact, urgency, priority, priority_reason, service_id,
       team_id, assignee_id, requester_id, environment, opened_via, opened_by, opened_at, updated_at, due_at, due_clock,
       resolved_at, resolution, priority_basis, sla)
     select gen_random_uuid(), 'INC-' || n, case n % 4 when 0 then 'request' else 'incident' end,
       initcap(w[1 + (n * 31) % l]) || ' ' || w[1 + (n * 17 + n / 80) % l] || ' ' || w[1 + (n * 7 + n / 977) % l] || ' ' || n % 9973,
       w[1 + (n * 3) % l] || ' ' || w[1 + (n * 11) % l] || ' since this morning on host ldn' || n % 500,
       case when n % ${OPEN_EVERY} = 0 then (array['new', 'in_progress', 'pending'])[1 + n / ${OPEN_EVERY} % 3]
         when n % 997 = 0 then 'cancelled' else 'closed' end,
       'low', 'medium', 1 + n % 5, 'by hand', ($2::uuid[])[1 + n % ${SERVICES}], ($3::uuid[])[1 + n % ${TEAMS}],
       case when n % 300 = 0 then null else ($4::uuid[])[1 + n % ${PEOPLE}] end, ($4::uuid[])[1 + n * 7 % ${PEOPLE}], 'prod', 'portal', $5,
       now() - (${TICKETS} - n) * interval '1 minute', now() - (${TICKETS} - n) * interval '1 minute',
       case when n % ${OPEN_EVERY} = 0 then now() + n % 10000 * interval '1 minute' end,
       case when n % ${OPEN_EVERY} = 0 then 'resolution' end,
       case when n % ${OPEN_EVERY} <> 0 then now() - (${TICKETS} - n) * interval '1 minute' end,
       case when n % ${OPEN_EVERY} <> 0 then 'Restarted the ' || w[1 + n % l] end, $6, $7
     from generate_series(2, ${TICKETS}) n, (select $1::text[] as w, array_length($1::text[], 1) as l) words`,
    [words, services, teams, people, first[0].opened_by, first[0].priority_basis, first[0].sla],
  )
  await client.query(
    `insert into ticket_words (ticket_id, search)
     select id, setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', description), 'B')
     from tickets on conflict do nothing`,
  )
  await client.query(
    `insert into messages (id, ticket_id, kind, via, author_kind, author_id, author_name, body, at)
     select gen_random_uuid(), t.id, case m % 3 when 0 then 'internal' else 'public' end, 'desk', 'user', t.assignee_id, 'Person',
       'Looked at it, ' || m || ' of ${messagesOfEach}. ${said}' || case m when 1 then ' ' || ${errorOf} else '' end,
       t.opened_at + m * interval '1 second'
     from tickets t, generate_series(1, ${messagesOfEach}) m`,
  )
  // As `ticket_text` would make it, a hundred times as fast: most messages say the same.
  await client.query(
    `insert into ticket_search (ticket_id, search)
     select id, setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', description), 'B')
       || said || setweight(to_tsvector('english', ${errorOf}), 'C')
     from tickets t, (select setweight(to_tsvector('english', $1), 'C') as said) m on conflict do nothing`,
    [said],
  )
  for (const { definition } of indexes) await client.query(definition)
  await client.query('vacuum analyze tickets, ticket_words, ticket_search, messages, services, teams, users')
  return { services, teams, people }
}
