import { type RawBuilder, sql } from 'kysely'
import { jobsKind } from '../../../contract/alerts/words.ts'
import type { Finding } from '../../../contract/chains/night.ts'
import type { Db } from '../../platform/db/pool.ts'
import { hostName, hostNameIn } from '../catalog/index.ts'
import type { JobDef } from './definitions.ts'
import { type Slowdown, slowdownOf, type WatchedRun } from './slowdown.ts'

/** An incident that is open on what jobs run on. `places`: of those jobs that have not ended. */
export type NightIncident = {
  number: string
  title: string
  /** The service or the host. */
  on: string
  slowdown: Slowdown | null
  places: number[]
}

/** What the service of a job uses beside itself: jobs that use the same are slow together. */
export type Uses = ReadonlyMap<string, readonly string[]>

/** Services on which those of these jobs depend: databases, queues and the like. */
export const usesOf = async (db: Db, jobs: readonly JobDef[]): Promise<Uses> => {
  const services = [...new Set(jobs.flatMap((job) => job.serviceId ?? []))]
  if (services.length === 0) return new Map()
  const { rows } = await sql<{ service: string; uses: string[] }>`
    select d.service_id as service, array_agg(d.depends_on_service_id order by v.name, v.id) as uses
    from dependencies d join services v on v.id = d.depends_on_service_id
    where d.service_id = any(${services}::uuid[]) and v.kind = 'technical' and v.archived_at is null group by 1`.execute(
    db,
  )
  return new Map(rows.map((r) => [r.service, r.uses]))
}

/**
 * Of `tickets t`: it is not the telling of a deadline alone. A chain that is told to be late is not late because of that: taken
 * in, each night that was late would make the next one that is told later still.
 */
const isCause = sql`coalesce((
  select bool_or(not (s.kind = ${jobsKind} and a.dedup_key like 'deadline:%'))
  from alerts a join sources s on s.id = a.source_id where a.ticket_id = t.id), true)`

/** What is wrong, and with what: a service by its id, or a host by its bare name. */
type Open = { number: string; title: string; on: string; key: string }

const MOST_OPEN = 20

/** Of the two highest priorities: others are no reason to be slow. */
const isGrave = sql`t.kind = 'incident' and t.environment = 'prod' and t.priority <= 2 and ${isCause}`

const openOnServices = async (db: Db, services: readonly string[], now: number): Promise<Open[]> => {
  if (services.length === 0) return []
  const { rows } = await sql<Open>`
    select t.number, t.title, v.name as "on", t.service_id as key from tickets t join services v on v.id = t.service_id
    where t.open and ${isGrave} and t.service_id = any(${[...services]}::uuid[])
      and t.opened_at <= to_timestamp(${now}::float8 / 1000)
    order by t.priority, t.opened_at limit ${MOST_OPEN}`.execute(db)
  return rows
}

/** Those that an alert of a host has opened. */
const openOnHosts = async (db: Db, hosts: readonly string[], now: number): Promise<Open[]> => {
  if (hosts.length === 0) return []
  const { rows } = await sql<Open>`
    select t.number, t.title, min(a.host) as "on", ${hostNameIn(sql.ref('a.host'))} as key
    from tickets t join alerts a on a.ticket_id = t.id
    where t.open and ${isGrave} and a.host is not null and ${hostNameIn(sql.ref('a.host'))} = any(${[...hosts]}::text[])
      and t.opened_at <= to_timestamp(${now}::float8 / 1000)
    group by t.id, 4 order by t.priority, t.opened_at limit ${MOST_OPEN}`.execute(db)
  return rows
}

/** Of `tickets t`: it was about this service, or this host. */
const aboutService = (id: string) => sql`t.service_id = ${id}`
const aboutHost = (name: string) => sql`exists (
  select 1 from alerts a where a.ticket_id = t.id and a.host is not null and ${hostNameIn(sql.ref('a.host'))} = ${name})`

/**
 * Grave incidents that are open on the services of these jobs, on what those use, or on the hosts on which they run, with how
 * much longer such jobs took while such an incident was open. `places`: of the jobs that have still to end.
 */
export const incidentsOn = async (
  db: Db,
  jobs: readonly JobDef[],
  { uses, hostOf }: { uses: Uses; hostOf: (place: number) => string | null },
  places: readonly number[],
  now: number,
): Promise<NightIncident[]> => {
  const prod = places.filter((i) => jobs[i]?.environment === 'prod')
  const touching = (i: number): readonly string[] => {
    const id = jobs[i]?.serviceId
    return id ? [id, ...(uses.get(id) ?? [])] : []
  }
  const hosts = new Map(prod.flatMap((i) => hostOf(i) ?? []).map((host) => [hostName(host), true]))
  const found: NightIncident[] = []
  const put = async ({ number, title, on, key }: Open, hit: readonly number[], about: RawBuilder<unknown>) => {
    // Of a service and of its host alike: it is one incident, and slows a job once.
    const told = new Set(found.filter((one) => one.number === number).flatMap((one) => one.places))
    const rest = hit.filter((i) => !told.has(i))
    if (rest.length === 0) return
    const ids = rest.flatMap((i) => jobs[i]?.id ?? [])
    found.push({ number, title, on, places: rest, slowdown: await slowdownOn(db, { key, about }, ids, now) })
  }
  for (const one of await openOnServices(db, [...new Set(prod.flatMap(touching))], now))
    await put(
      one,
      prod.filter((i) => touching(i).includes(one.key)),
      aboutService(one.key),
    )
  for (const one of await openOnHosts(db, [...hosts.keys()], now))
    await put(
      one,
      prod.filter((i) => hostName(hostOf(i) ?? '') === one.key),
      aboutHost(one.key),
    )
  return found
}

const MOST_JOBS = 100
const MOST_RUNS = 300
const KEPT_MS = 3_600_000
const MOST_KNOWN = 500
/** What such incidents cost does not change within the hour, and is asked for each minute. */
const known = new Map<string, { slowdown: Slowdown | null; until: number }>()

const slowdownOn = async (
  db: Db,
  { key: of, about }: { key: string; about: RawBuilder<unknown> },
  jobs: readonly string[],
  now: number,
): Promise<Slowdown | null> => {
  const asked = jobs.toSorted().slice(0, MOST_JOBS)
  const key = `${of} ${asked.join(' ')}`
  const kept = known.get(key)
  if (kept && kept.until > now && kept.until - KEPT_MS <= now) return kept.slowdown
  const { rows } = await sql<WatchedRun>`
    with wrong as (
      select coalesce(t.began_at, t.opened_at) as "from", coalesce(t.resolved_at, t.closed_at, to_timestamp(${now}::float8 / 1000)) as "to"
      from tickets t where ${about} and ${isGrave} and t.state <> 'cancelled'
      order by t.opened_at desc limit 500)
    select r.job_id as job, extract(epoch from r.ended_at - r.started_at)::float8 as seconds,
      exists (select 1 from wrong w where w."from" < r.ended_at and w."to" > r.started_at) as wrong
    from unnest(${asked}::uuid[]) j cross join lateral (
      select * from chain_runs r where r.job_id = j and r.outcome = 'succeeded' and r.started_at is not null
        and r.at < to_timestamp(${now}::float8 / 1000)
      order by r.at desc limit ${MOST_RUNS}) r`.execute(db)
  const slowdown = slowdownOf(rows)
  if (known.size >= MOST_KNOWN) known.clear()
  known.set(key, { slowdown, until: now + KEPT_MS })
  return slowdown
}

const SHOWN = 5

/** What open incidents mean for the night, in sentences; what is not known of several is said once. */
export const incidentFindings = (incidents: readonly NightIncident[], jobs: readonly JobDef[]): Finding[] => {
  const [unknown, known] = [incidents.filter((one) => !one.slowdown), incidents.filter((one) => one.slowdown)]
  return [
    ...(unknown.length > 1 ? [togetherOf(unknown, jobs)] : unknown.map((one) => oneOf(one, jobs))),
    ...known.map((one) => oneOf(one, jobs)),
  ]
}

const whoUses = (places: readonly number[], jobs: readonly JobDef[]) => {
  const named = places.flatMap((i) => (jobs[i] ? [{ id: jobs[i].id, name: jobs[i].name }] : []))
  const names = named.slice(0, SHOWN).map((job) => job.name)
  const list = named.length > SHOWN ? `${names.join(', ')} and ${named.length - SHOWN} more` : names.join(', ')
  return { jobs: named.slice(0, 50), words: `${list} ${named.length === 1 ? 'uses' : 'use'}` }
}

const oneOf = ({ number, title, on, slowdown, places }: NightIncident, jobs: readonly JobDef[]): Finding => {
  const who = whoUses(places, jobs)
  return {
    kind: 'incident',
    jobs: who.jobs,
    message: `${number} is open on ${on} (${title}), which ${who.words}: ${costOf(slowdown)}`,
  }
}

const togetherOf = (incidents: readonly NightIncident[], jobs: readonly JobDef[]): Finding => {
  const who = whoUses([...new Set(incidents.flatMap(({ places }) => places))], jobs)
  const all = incidents.map(({ number, title, on }) => `${number} on ${on} (${title})`)
  return {
    kind: 'incident',
    jobs: who.jobs,
    message: `Open on what ${who.words}: ${all.join(', ')}. Too few runs are known of such times to say what they cost, and the times here leave them out.`,
  }
}

const costOf = (slowdown: Slowdown | null): string => {
  if (slowdown === null)
    return 'too few runs are known of such times to say what that costs, and the times here leave it out.'
  if (slowdown.factor <= 1.02) return `they took no longer at such times, of ${slowdown.runs} runs.`
  return `at such times they took ${Math.round((slowdown.factor - 1) * 100)} % longer, of ${slowdown.runs} runs, and that is taken in.`
}
