import { sql } from 'kysely'
import { monitorSource } from '../../../server/features/alerts/built-in-sources.ts'
import { system } from '../../../server/platform/access.ts'
import type { Context } from '../../../server/platform/context.ts'
import type { Platform } from '../../../server/platform/platform.ts'
import { type AlertTicket, summaryOfPast } from './alert-tickets.ts'
import { insertEvents, insertRows, maybeTime, type PastEvent, time } from './bulk.ts'
import type { Cast } from './cast.ts'
import { fineWords } from './disturbances.ts'
import type { Numbered } from './ticket-rows.ts'

type Told = AlertTicket & Pick<Numbered, 'number'>
const machine = { kind: 'system', id: null, name: 'Watchfloor' }

/** Writes the alerts that opened these tickets, what became of the services meanwhile, and who was paged. */
export const writeAlerts = async (
  { db, clock }: Platform,
  cast: Cast,
  tickets: readonly Told[],
  from: number,
  newId: () => string,
): Promise<void> => {
  const source = await monitorSource({ db, now: () => clock.now(), actor: system } as unknown as Context)
  const events: PastEvent[] = []
  const before = new Map<string, string>()
  const counts = new Map<string, number>()
  const rows = tickets.map((t) => {
    const d = t.disturbance
    const flip = (counts.get(d.monitor.id) ?? 0) + 2
    counts.set(d.monitor.id, flip)
    const severity = d.state === 'down' ? 'critical' : 'medium'
    const service = cast.service(t.service)
    const previous = before.get(d.monitor.id) ?? null
    before.set(d.monitor.id, d.id)
    const title = summaryOfPast(d)
    const place = {
      actor: machine,
      subject: `alert:${d.id}`,
      about: [`source:${source}`, service && `service:${service.id}`, `ticket:${t.id}`],
      team: cast.team(t.team).id,
      audience: 'internal' as const,
    }
    const route = [`Its service ${service?.name} is owned by ${cast.team(t.team).name}.`]
    events.push(
      {
        ...place,
        at: d.from + 1_000,
        type: 'alert.opened',
        data: { title, source: 'Monitors', severity, status: 'firing', startedAt: time(d.from), route, previous },
      },
      {
        ...place,
        at: d.to + 1_000,
        type: 'alert.resolved',
        data: { title, endedAt: time(d.to), occurrences: 1, reason: null },
      },
    )
    return {
      id: d.id,
      source_id: source,
      dedup_key: `monitor:${d.monitor.id}`,
      status: 'resolved',
      flip,
      severity,
      title,
      labels: { check: 'http' },
      service_id: service?.id ?? null,
      environment: t.environment,
      team_id: cast.team(t.team).id,
      route: { sentences: route, rule: null, base: null },
      ticket_id: t.id,
      previous_id: previous,
      occurrences_end: 1,
      started_at: time(d.from),
      ended_at: time(d.to),
      updated_at: time(d.to),
      version: 2,
      acknowledged_at: maybeTime(t.acknowledgedAt),
      acknowledged_by: t.acknowledgedAt === null ? null : cast.actor(t.onCall),
    }
  })
  await insertRows(
    db,
    'alerts',
    'id uuid, source_id uuid, dedup_key text, status text, flip int4, severity text, title text, labels jsonb, service_id uuid, environment text, team_id uuid, route jsonb, ticket_id uuid, previous_id uuid, occurrences_end int8, started_at timestamptz, ended_at timestamptz, updated_at timestamptz, version int4, acknowledged_at timestamptz, acknowledged_by jsonb',
    rows,
  )
  const keys = [...new Map(tickets.map((t) => [t.disturbance.monitor.id, t.disturbance])).values()].map((d) => ({
    source_id: source,
    dedup_key: `monitor:${d.monitor.id}`,
    state: 'resolved',
    severity: d.state === 'down' ? 'critical' : 'medium',
    flip: counts.get(d.monitor.id),
    fired_flip: (counts.get(d.monitor.id) ?? 1) - 1,
    fired_at: time(d.from),
    ended_at: time(d.to),
    last_firing_at: time(d.from),
    last_resolved_at: time(d.to),
    last_signal_at: time(d.to),
    occurrences: 1,
  }))
  await insertRows(
    db,
    'alert_keys',
    'source_id uuid, dedup_key text, state text, severity text, flip int4, fired_flip int4, fired_at timestamptz, ended_at timestamptz, last_firing_at timestamptz, last_resolved_at timestamptz, last_signal_at timestamptz, occurrences int8',
    keys,
  )
  await writeSignals(db, source, tickets, newId)
  await writePages(db, cast, tickets, events, newId)
  await insertEvents(db, events)
  await writeHealth(db, cast, tickets, from)
  await db
    .insertInto('observed_spans')
    .values({ from_at: time(from), to_at: clock.now() })
    .onConflict((c) => c.doNothing())
    .execute()
  await sql`
    update tickets t set marks = jsonb_build_object('alerts', jsonb_build_object('firing', 0, 'total', n.n))
    from (select ticket_id, count(*) as n from alerts group by 1) n where n.ticket_id = t.id`.execute(db)
}

/** What the monitors said, two signals for each alert. */
const writeSignals = async (db: Platform['db'], source_id: string, tickets: readonly Told[], newId: () => string) => {
  const rows = tickets.flatMap(({ disturbance: d }) => {
    const severity = d.state === 'down' ? 'critical' : 'medium'
    const said = { source_id, dedup_key: `monitor:${d.monitor.id}`, severity, body: {} }
    const over = `${d.monitor.name} is up again: ${fineWords(d.monitor)}`
    return [
      {
        ...said,
        id: newId(),
        at: time(d.from + 500),
        happened_at: time(d.from),
        kind: 'firing',
        summary: summaryOfPast(d),
      },
      { ...said, id: newId(), at: time(d.to + 500), happened_at: time(d.to), kind: 'resolved', summary: over },
    ]
  })
  const shape =
    'source_id uuid, at timestamptz, id uuid, dedup_key text, kind text, happened_at timestamptz, severity text, summary text, body jsonb'
  await insertRows(db, 'signals', shape, rows)
}

const writePages = async (
  db: Platform['db'],
  cast: Cast,
  tickets: readonly Told[],
  events: PastEvent[],
  newId: () => string,
) => {
  const { rows: policies } = await sql<{
    service_id: string
    id: string
    name: string
    steps: unknown
    repeats: number
  }>`
    select s.service_id, p.id, p.name, p.steps, p.repeats from service_policies s join escalation_policies p on p.id = s.policy_id`.execute(
    db,
  )
  const of = new Map(policies.map((p) => [p.service_id, p]))
  const pages: object[] = []
  const targets: object[] = []
  for (const t of tickets) {
    const service = cast.service(t.service)
    const policy = service && of.get(service.id)
    if (!policy || t.environment !== 'prod') continue
    const id = newId()
    const at = t.openedAt
    const person = cast.person(t.onCall)
    const title = `${t.number} ${t.title}`
    const why = `On call for ${cast.team(t.team).name}.`
    const place = {
      subject: `page:${id}`,
      about: [`ticket:${t.id}`],
      team: cast.team(t.team).id,
      audience: 'internal' as const,
      actor: machine,
    }
    const urgency = t.impact === 'high' ? 'high' : 'low'
    const over = t.disturbance.to + 2_000
    const seconds = t.acknowledgedAt === null ? null : Math.round((t.acknowledgedAt - at) / 1000)
    events.push({ ...place, at: at + 10, type: 'page.started', data: { title, policy: policy.name, urgency } })
    events.push({
      ...place,
      at: at + 20,
      type: 'page.step',
      about: [...place.about, `user:${person.id}`],
      data: { userId: person.id, person: person.name, step: 1, round: 1, why, title },
    })
    if (t.acknowledgedAt !== null)
      events.push({
        ...place,
        at: t.acknowledgedAt,
        actor: cast.actor(t.onCall),
        type: 'page.acknowledged',
        data: { userId: person.id, person: person.name, subject: `ticket:${t.id}`, seconds, title },
      })
    const reason = `The ticket ${t.number} is resolved.`
    events.push({ ...place, at: over + 100, type: 'page.done', data: { reason, told: [person.name] } })
    const lines = [`${service.name}, ${t.environment}`, t.title]
    pages.push({
      id,
      subject: `ticket:${t.id}`,
      policy_id: policy.id,
      policy: { name: policy.name, steps: policy.steps, repeats: policy.repeats, ackTimeoutMinutes: null },
      team_id: cast.team(t.team).id,
      urgency,
      brief: { title, lines },
      state: 'done',
      started_at: time(at),
      acknowledged_at: maybeTime(t.acknowledgedAt),
      acknowledged_by: t.acknowledgedAt === null ? null : person.id,
      done_at: time(over),
    })
    targets.push({ id: newId(), page_id: id, round: 0, step: 0, user_id: person.id, at: time(at), why: { text: why } })
  }
  await insertRows(
    db,
    'pages',
    'id uuid, subject text, policy_id uuid, policy jsonb, team_id uuid, urgency text, brief jsonb, state text, started_at timestamptz, acknowledged_at timestamptz, acknowledged_by uuid, done_at timestamptz',
    pages,
  )
  await insertRows(
    db,
    'page_targets',
    'id uuid, page_id uuid, round int4, step int4, user_id uuid, at timestamptz, why jsonb',
    targets,
  )
}

const writeHealth = async (db: Platform['db'], cast: Cast, tickets: readonly Told[], from: number) => {
  const byService = Map.groupBy(tickets, (t) => `${cast.service(t.service)?.id} ${t.environment}`)
  await sql`delete from service_health_spans where (service_id, environment) in (select service_id, environment from service_health)`.execute(
    db,
  )
  const { rows: watched } = await sql<{
    service_id: string
    environment: string
  }>`select service_id, environment from service_health`.execute(db)
  const spans: object[] = []
  for (const { service_id, environment } of watched) {
    const place = { service_id, environment }
    let upFrom = from
    for (const t of (byService.get(`${service_id} ${environment}`) ?? []).toSorted(
      (a, b) => a.disturbance.from - b.disturbance.from,
    )) {
      const { from: begin, to, state } = t.disturbance
      if (begin <= upFrom) continue
      spans.push({ ...place, state: 'ok', from_at: time(upFrom), to_at: time(begin) })
      spans.push({ ...place, state: state === 'down' ? 'down' : 'degraded', from_at: time(begin), to_at: time(to) })
      upFrom = to
    }
    spans.push({ ...place, state: 'ok', from_at: time(upFrom), to_at: null })
    await sql`update service_health set since = ${time(upFrom)} where service_id = ${service_id} and environment = ${environment}`.execute(
      db,
    )
  }
  await insertRows(
    db,
    'service_health_spans',
    'service_id uuid, environment text, state text, from_at timestamptz, to_at timestamptz',
    spans,
  )
}
