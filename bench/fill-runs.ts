import pg from 'pg'
import { partitioned } from '../server/platform/housekeeping.ts'
import { idOf, JOBS } from './fill-jobs.ts'

/** As long as the product keeps them. */
const DAYS = partitioned.find(({ table }) => table === 'pings')?.keepDays ?? 0
/** Of all runs, those of a hundred jobs that run each minute or so are a third. */
export const BUSY = 100
/** Connections that fill a day each. */
const FILLERS = 2

/**
 * So many runs of all jobs, in the order in which they would have come: two of one job lie far apart. In the partitions
 * that the product makes; rows first, indexes after, and checkpoints seldom.
 */
export const fillRuns = async (url: string, runs: number, say: (line: string) => void): Promise<void> => {
  const each = Math.round((runs * 2) / 3 / DAYS / JOBS)
  const ofBusy = Math.round(runs / 3 / DAYS / BUSY)
  const clients = await Promise.all(Array.from({ length: FILLERS }, () => connected(url)))
  const client = clients[0] as pg.Client
  await client.query("alter system set max_wal_size = '16GB'")
  await client.query('select pg_reload_conf()')
  const { rows: indexes } = await client.query<{ name: string; definition: string }>(
    // As they are read they would be of the parent alone, and of no partition.
    `select indexrelid::regclass::text as name, replace(pg_get_indexdef(indexrelid), ' ON ONLY ', ' ON ') as definition
     from pg_index where indrelid = 'pings'::regclass and not indisprimary`,
  )
  for (const { name } of indexes) await client.query(`drop index ${name}`)
  await client.query('alter table pings drop constraint pings_pkey')
  await client.query(
    `do $$ declare d date; begin
       for d in select generate_series(date_trunc('month', now() - interval '${DAYS + 1} days'), now(), interval '1 month') loop
         execute format('create table if not exists %I partition of pings for values from (%L) to (%L)',
           'pings_p' || to_char(d, 'YYYYMM'), d::text || 'T00:00:00Z', (d + interval '1 month')::date::text || 'T00:00:00Z');
       end loop; end $$`,
  )
  const began = performance.now()
  const took = () => `${Math.round((performance.now() - began) / 1000)} s`
  let left = DAYS
  const fillDays = async (by: pg.Client) => {
    while (left > 0) {
      const day = left--
      await by.query(insert, [day, each, ofBusy])
      if (day % 10 === 0) say(`runs: ${DAYS - day + 1} of ${DAYS} days, ${took()}`)
    }
  }
  await Promise.all(clients.map(fillDays))
  const builds = [
    'alter table pings add constraint pings_pkey primary key (job_id, at, id)',
    ...indexes.map((i) => i.definition),
  ]
  for (const build of builds) {
    await client.query(build)
    say(`runs: ${build.slice(0, 40)}…, ${took()}`)
  }
  await client.query('vacuum analyze pings')
  await client.query('alter system reset max_wal_size')
  await client.query('select pg_reload_conf()')
  for (const one of clients) await one.end()
  say(`runs: done, ${took()}`)
}

const connected = async (url: string): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query("set maintenance_work_mem = '1GB'; set work_mem = '256MB'; set synchronous_commit = off")
  return client
}

/** One day of runs, by when they ended. */
const insert = `
  insert into pings (job_id, at, id, kind, happened_at, run_id, exit_status, started_at, due_at, host, remote, method, output,
    output_bytes, number, scheme, verdicts)
  select j, at, id, kind, at, id, case kind when 'fail' then 1 when 'success' then 0 end, at - took, at - took - interval '3 seconds',
    'ldn' || r % 500, '10.1.2.3', 'POST', case kind when 'fail' then 'ORA-' || 10000 + r % 30000 || ': the batch was rolled back' end,
    case kind when 'fail' then 40 else 0 end, 1, 'https', case when kind = 'fail' then array['failed'] when r % 97 = 0 then array['late'] end
  from (
    select j, at, gen_random_uuid() as id, r, (60 + r % 600) * interval '1 second' as took,
      case when r % 71 = 0 then 'fail' when r % 1009 = 0 then 'lost' else 'success' end as kind
    from (
      select ${idOf('n')} as j, abs(hashint4(n * 31 + k * 17 + $1::int)) as r,
        now() - $1::int * interval '1 day' + (abs(hashint4(n * 7 + k)) % 86400) * interval '1 second' as at
      from generate_series(1, ${JOBS}) n, generate_series(1, $2::int) k
      union all
      select ${idOf(`n * ${JOBS / BUSY}`)}, abs(hashint4(n * 31 + k * 17 + $1::int)),
        now() - $1::int * interval '1 day' + k * (86400.0 / $3::int) * interval '1 second'
      from generate_series(1, ${BUSY}) n, generate_series(1, $3::int) k) x) y
  order by at`
