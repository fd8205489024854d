import type pg from 'pg'
import type { ServerProcess } from '../test/harness/process.ts'
import { type House, words } from './fill-desk.ts'

const ITEMS = 10_000
const CHANGES = 100_000
const ALERTS = 20_000
/** One alert in forty is open. */
const FIRING_EVERY = 40
const UNITS = 200
/** As many as there may be. */
const REQUEST_TYPES = 300

/** What else is suggested while one types: what is known, what changed, what is firing, what can be asked for, who calls. */
export const fillKnown = async (
  server: ServerProcess,
  client: pg.Client,
  { services, teams }: House,
): Promise<void> => {
  const post = async (path: string, body: object) => {
    const answer = await server.api('POST', path, body)
    if (answer.status !== 201)
      throw new Error(`${path} was answered with ${answer.status}: ${JSON.stringify(answer.body)}`)
    return answer.body as { id: string }
  }
  // One that was really made says how the parts look that are JSON.
  const { id: first } = await post('/knowledge', { kind: 'article', title: 'The first of many' })
  const { id: source } = await post('/sources', { kind: 'generic', name: 'Tools' })
  for (let n = 0; n < REQUEST_TYPES; n++)
    await post('/request-types', {
      slug: `type-${n}`,
      name: `${words[n % words.length]} ${words[(n * 7) % words.length]} access`,
      category: `Category ${n % 20}`,
      teamId: teams[n % teams.length],
      form: { properties: { what: { type: 'string', title: 'What' } } },
    })
  const word = (step: number) => `w[1 + (n * ${step} + n / 80) % l]`
  const listed = '(select $1::text[] as w, array_length($1::text[], 1) as l) words'
  await client.query(
    `with item as (
       insert into knowledge_items (id, number, kind, title, state, symptoms, workaround, body, search, created_at, updated_at, updated_by)
       select gen_random_uuid(), 'KE-' || 1000000 + n, case n % 2 when 0 then 'known_error' else 'article' end, t, 'published', s,
         'Restart the ' || ${word(3)}, b, setweight(to_tsvector('english', t), 'A') || setweight(to_tsvector('english', s), 'B')
         || setweight(to_tsvector('english', b), 'C'), now(), now(), (select updated_by from knowledge_items where id = $3)
       from generate_series(1, ${ITEMS}) n, ${listed},
         lateral (select initcap(${word(31)}) || ' ' || ${word(17)} || ' ' || ${word(7)} as t,
           ${word(11)} || ' is ' || ${word(13)} || ' on host ldn' || n % 500 as s,
           repeat('Look at the ' || ${word(5)} || ' of the ' || ${word(19)} || ' first. ', 20) as b) told
       returning id, number)
     insert into knowledge_services (item_id, service_id)
     select id, ($2::uuid[])[1 + substr(number, 4)::int % ${services.length}] from item`,
    [words, services, first],
  )
  await client.query(
    `insert into service_changes (id, service_id, at, title, origin, by, noted_at)
     select gen_random_uuid(), ($2::uuid[])[1 + n % ${services.length}], now() - n * interval '1 minute',
       ${word(31)} || ' ' || n, 'tool', '{"kind": "system", "id": null, "name": "Deployer"}', now()
     from generate_series(1, ${CHANGES}) n, ${listed}`,
    [words, services],
  )
  await client.query(
    `insert into alerts (id, source_id, dedup_key, status, flip, severity, title, service_id, occurrences_end, started_at, ended_at, updated_at)
     select gen_random_uuid(), $3, 'key-' || n, case when n % ${FIRING_EVERY} = 0 then 'firing' else 'resolved' end, 1, 'high',
       ${word(31)} || ' ' || ${word(7)}, ($2::uuid[])[1 + n / ${FIRING_EVERY} % ${services.length}], 1, now() - n * interval '1 minute',
       case when n % ${FIRING_EVERY} <> 0 then now() end, now()
     from generate_series(1, ${ALERTS}) n, ${listed}`,
    [words, services, source],
  )
  // Each rests on the next, in rows of five.
  await client.query(
    `insert into dependencies (id, service_id, depends_on_service_id)
     select gen_random_uuid(), ($1::uuid[])[n], ($1::uuid[])[n + 1] from generate_series(1, ${services.length - 1}) n where n % 5 > 0`,
    [services],
  )
  await client.query(
    `insert into business_units (id, slug, name, people, created_at, updated_at)
     select gen_random_uuid(), 'desk-' || n, 'Desk ' || n, 12, now(), now() from generate_series(1, ${UNITS}) n`,
  )
  await client.query(
    'vacuum analyze knowledge_items, knowledge_services, service_changes, alerts, dependencies, business_units, request_types',
  )
}
