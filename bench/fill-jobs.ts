import type pg from 'pg'
import type { ServerProcess } from '../test/harness/process.ts'

export const JOBS = 100_000
export const CHAINED = 5_000
const SERVICES = 60
const TEAMS = 20
const DEADLINES = 40
/** Each night of a chain is a part of its jobs; the last of them is held to a time. */
const CHAIN_SIZE = CHAINED / DEADLINES

/** `big` owns a third of all jobs. */
export type JobHouse = { services: string[]; teams: string[]; big: string; deadlines: string[] }

/** In the order of `n`, and each different in its first half, of which the API of healthchecks makes its key. */
export const jobId = (n: number): string => {
  const hex = n.toString(16)
  return `${hex.padStart(8, '0')}-0000-4000-8000-${hex.padStart(12, '0')}`
}
export const idOf = (n: string) =>
  `(lpad(to_hex(${n}), 8, '0') || '-0000-4000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`

/** What needs somebody, what runs and what is put away, in a thousand jobs; all others are as they should be. */
const troubles = `case
  when n % 1000 < 5 then 'missing' when n % 1000 < 13 then 'failed' when n % 1000 < 15 then 'running_long'
  when n % 1000 < 18 then 'late' when n % 1000 < 20 then 'unknown' when n % 1000 < 30 then 'running'
  when n % 1000 < 35 then 'new' when n % 1000 < 45 then 'paused' when n % 1000 < 65 then 'archived' else 'ok' end`

/** Twelve of twenty are daily at a minute of their own; the others by period, business days and OnCalendar. */
const schedules = `case
  when n % 20 < 12 then jsonb_build_object('kind', 'cron', 'expression', n % 60 || ' ' || n / 60 % 24 || ' * * *', 'zone', 'Europe/London')
  when n % 20 < 16 then '{"kind": "period", "seconds": 86400}'::jsonb
  when n % 20 < 18 then '{"kind": "oncalendar", "expression": "Mon..Fri 06:30", "zone": "Europe/London"}'::jsonb
  else '{"kind": "business", "calendars": ["london"], "day": {"on": "each"}, "times": ["07:15"], "zone": "Europe/London"}'::jsonb end`

/** Jobs and their states, as rows: making them is not what is measured. As from an older version: the first start has something to fill. */
export const fillJobs = async (server: ServerProcess, client: pg.Client): Promise<JobHouse> => {
  const ids = async (sql: string, values: unknown[] = []) =>
    (await client.query(sql, values)).rows.map((r) => r.id as string)
  const weekly = [1, 2, 3, 4, 5].map((day) => ({ day, from: '08:00', to: '18:00' }))
  await made(server, '/calendars', { slug: 'london', name: 'London', zone: 'Europe/London', weekly })
  const teams = await ids(
    `insert into teams (id, slug, name, kind, created_at, updated_at)
     select gen_random_uuid(), 'team-' || n, 'Team ' || n, 'l2', now(), now() from generate_series(1, ${TEAMS}) n returning id`,
  )
  const services = await ids(
    `insert into services (id, slug, name, kind, owner_team_id, created_at, updated_at)
     select gen_random_uuid(), 'service-' || n, 'Service ' || n, 'business', ($1::uuid[])[1 + n % ${TEAMS}], now(), now()
     from generate_series(1, ${SERVICES}) n returning id`,
    [teams],
  )
  await client.query(
    `insert into jobs (id, slug, name, service_id, environment, team_id, schedule, grace_seconds, max_run_seconds, tags,
       paused_at, archived_at, created_at, updated_at)
     select ${idOf('n')}, w[1 + n % 12] || '-' || w[13 + n / 12 % 6] || '-' || n,
       initcap(w[1 + n % 12]) || ' ' || w[13 + n / 12 % 6] || ' ' || n, ($1::uuid[])[1 + n % ${SERVICES}],
       (array['prod', 'prod', 'prod', 'uat', 'test'])[1 + n % 5],
       ($2::uuid[])[case when n % 3 = 0 then 1 else 1 + n % ${TEAMS} end], ${schedules}, 21600, 3600,
       array['region-' || n % 4] || case when n % 50 = 0 then array['regulator'] else '{}' end,
       case when ${troubles} = 'paused' then now() end, case when ${troubles} = 'archived' then now() end, now(), now()
     from generate_series(1, ${JOBS}) n,
       (select string_to_array('price,settlement,margin,ledger,position,risk,curve,collateral,payment,reconcile,report,archive,london,newyork,tokyo,sydney,paris,frankfurt', ',') as w) words`,
    [services, teams],
  )
  await client.query(
    `insert into job_states (job_id, outcome, last_at, last_run, last_ms, last_ping_at, pings, open, is_long, due_at, missed_at,
       unheard_at, look_at, last_start, bars)
     select ${idOf('n')}, case is_ when 'new' then null when 'failed' then 'fail' else 'success' end,
       case when is_ <> 'new' then ran end, case when is_ <> 'new' then gen_random_uuid() end, case when is_ <> 'new' then 60000 + n % 600000 end,
       ran, 300, case when is_ like 'running%' then jsonb_build_array(jsonb_build_object('run', gen_random_uuid(), 'rid', null,
         'at', (extract(epoch from now()) * 1000)::int8 - 600000, 'due', null, 'long', is_ = 'running_long')) else '[]' end,
       is_ = 'running_long', case is_ when 'late' then now() - interval '5 minutes' when 'paused' then null else due end,
       case is_ when 'missing' then now() - interval '1 day' end, case is_ when 'unknown' then now() - interval '2 days' end,
       case when is_ not in ('paused', 'archived') then due + interval '6 hours' end, ran - interval '5 minutes', null
     from (select n, ${troubles} as is_, due, due - interval '1 day' as ran from (
       select n, case when n % 20 < 12 then (date_trunc('day', now() at time zone 'Europe/London') + (n / 60 % 24 * 60 + n % 60) * interval '1 minute'
           + case when n / 60 % 24 * 60 + n % 60 <= extract(hour from now() at time zone 'Europe/London') * 60 + extract(minute from now() at time zone 'Europe/London') + 1
             then interval '1 day' else interval '0' end) at time zone 'Europe/London'
         else now() + (3600 + n * 7919 % 82000) * interval '1 second' end as due
       from generate_series(1, ${JOBS}) n) x) y`,
  )
  await client.query(
    `insert into job_norms (job_id, judged_run, judged_at, unusual)
     select job_id, last_run, last_at, case when hashtext(job_id::text) % 200 = 0 then array['duration'] else '{}' end
     from job_states where last_run is not null`,
  )
  await client.query('insert into job_tags (tag, sort, job_id) select tag, lower(name), id from jobs, unnest(tags) tag')
  await fillChains(client)
  await client.query('vacuum analyze jobs, job_states, job_tags, job_norms, job_waits, services, teams')
  const deadlines: string[] = []
  for (let i = 0; i < DEADLINES; i++) {
    const due = { kind: 'by', time: '07:30', days: 1, zone: 'Europe/London' }
    const asked = { name: `Chain ${i}`, jobId: jobId((i + 1) * CHAIN_SIZE), due, weekdays: [1, 2, 3, 4, 5, 6, 7] }
    deadlines.push((await made(server, '/deadlines', asked)).id)
  }
  return { services, teams, big: teams[0] as string, deadlines }
}

/** Each job waits for two before it in its chain: ten thousand edges. */
const fillChains = (client: pg.Client) =>
  client.query(
    `insert into job_waits (job_id, is_box, condition, hold, resources, retries, names)
     select ${idOf('n')}, false, jsonb_build_object('kind', 'all', 'of', (select jsonb_agg(jsonb_build_object('kind', 'job',
         'job', name, 'is', 'succeeded', 'within', 'same-date')) from unnest(names) name)), 'none', '[]', 0, names
     from (select n, array[${idOf('n - 1')}::text, ${idOf('greatest(first, n - 2 - n % 7)')}::text] as names
       from (select n, (n - 1) / ${CHAIN_SIZE} * ${CHAIN_SIZE} + 1 as first from generate_series(1, ${CHAINED}) n) x where n > first) y`,
  )

const made = async (server: ServerProcess, path: string, body: unknown): Promise<{ id: string }> => {
  const answer = await server.api('POST', path, body)
  if (answer.status >= 300) throw new Error(`POST ${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
  return answer.body as { id: string }
}
