import { type RawBuilder, sql } from 'kysely'
import type { Environment } from '../../../contract/base.ts'
import type { PriorityNumber } from '../../../contract/desk/index.ts'
import { plusMinutes } from '../../platform/clock.ts'
import type { Context } from '../../platform/context.ts'
import { cut } from '../../platform/text.ts'
import { mark, openTicket } from '../desk/index.ts'
import { type Alert, aboutAlert, alertRef, inTurn, saveAlert } from './alert-rows.ts'
import { alertAttached, alertNotTold } from './events.ts'
import type { KeptRoute } from './find-route.ts'
import { whyNoIncident } from './route-rules.ts'
import { settleTicketSoon } from './settle-ticket.ts'
import type { SourceRow } from './source-rows.ts'

/** Alerts of one service that begin within this time of an incident's opening are one incident. */
const GROUP_MINUTES = 5

/**
 * Tells of an alert that is not held back. Adds it to an open incident, if there is one: that of the last alert of the
 * same key, or one that alerts of the same service and environment (without a service: of the same source and host)
 * opened within the last five minutes. Else opens one and pages. Answers the alert as it stands.
 */
export const tell = async (ctx: Context, alert: Alert, source: SourceRow, flood = false): Promise<Alert> => {
  const why = whyNoIncident({
    status: alert.status,
    severity: alert.severity,
    opensIncident: source.opens_incident,
    sourceName: source.name,
    rule: ruleOf(alert),
  })
  if (why) {
    ctx.record(alertNotTold, { ...place(alert), data: { title: alert.title, why } })
    return alert
  }
  const before = await ticketBefore(ctx, alert, flood)
  if (before) return attach(ctx, alert, before, 'it was reported again while that was open')
  const near = await ticketNear(ctx, alert, flood)
  if (!near) return openIncident(ctx, alert, source)
  const what = alert.service_id ? 'service' : 'host'
  return attach(ctx, alert, near, `the same ${what}, within ${GROUP_MINUTES} minutes`)
}

/** The rule over alerts that decided about it, if one did. */
const ruleOf = (alert: Alert) => (alert.route as Partial<KeptRoute>).rule ?? null

const place = (alert: Alert) => ({ subject: alertRef(alert), about: aboutAlert(alert), team: alert.team_id })

const groupOf = (a: Alert): string | null => {
  if (a.service_id) return `service ${a.service_id} ${a.environment}`
  return a.host ? `host ${a.source_id} ${a.host} ${a.environment}` : null
}

type Ticket = { id: string; number: string; priority: number }

/**
 * An open ticket, which stays open until this transaction ends: one that is being resolved at this moment is waited for,
 * and is then not open any more.
 */
const openTicketWhere = async (ctx: Context, which: RawBuilder<unknown>, flood: boolean): Promise<Ticket | null> => {
  const open = sql`t.state in ('new', 'in_progress', 'pending')`
  const { rows } = await sql<Ticket>`
    select t.id from tickets t where ${which} and ${open} order by t.opened_at desc, t.id desc limit 1`.execute(ctx.db)
  const [found] = rows
  if (!found) return null
  await settleTicketSoon(ctx, found.id, flood)
  const held = await sql<Ticket>`
    select t.id, t.number, t.priority from tickets t where t.id = ${found.id} and ${open} for share`.execute(ctx.db)
  return held.rows[0] ?? null
}

const ticketBefore = async (ctx: Context, a: Alert, flood: boolean): Promise<Ticket | null> =>
  a.previous_id
    ? openTicketWhere(
        ctx,
        // What was merged goes on in another ticket.
        sql`t.id = (select coalesce(m.merged_into_id, m.id) from alerts p join tickets m on m.id = p.ticket_id
          where p.id = ${a.previous_id})`,
        flood,
      )
    : null

/** Of several alerts that find no incident at the same time, the first opens one and the others find it. */
const ticketNear = async (ctx: Context, a: Alert, flood: boolean): Promise<Ticket | null> => {
  const group = groupOf(a)
  if (!group) return null
  const since = plusMinutes(ctx.now(), -GROUP_MINUTES)
  const of = a.service_id
    ? sql`t.service_id = ${a.service_id}`
    : sql`t.id in (select o.ticket_id from alerts o where o.source_id = ${a.source_id} and o.host = ${a.host}
        and o.service_id is null and o.ticket_id is not null)`
  const which = sql`${of} and t.environment = ${a.environment} and t.opened_via = 'alert' and t.opened_at >= ${since}`
  const found = await openTicketWhere(ctx, which, flood)
  if (found) return found
  await inTurn(ctx, `group ${group}`)
  return openTicketWhere(ctx, which, flood)
}

const attach = async (ctx: Context, alert: Alert, ticket: Ticket, why: string): Promise<Alert> => {
  const saved = await saveAlert(ctx, alert.id, { ticket_id: ticket.id, priority: ticket.priority })
  ctx.record(alertAttached, { ...place(saved), data: { title: alert.title, number: ticket.number, why } })
  return saved
}

const openIncident = async (ctx: Context, alert: Alert, source: SourceRow): Promise<Alert> => {
  const rule = ruleOf(alert)
  const opened = await openTicket(ctx, {
    kind: 'incident',
    title: titleOf(alert),
    description: descriptionOf(alert, source),
    told: toldOf(alert),
    via: 'alert',
    serviceId: alert.service_id,
    environment: alert.environment as Environment,
    teamId: alert.team_id,
    about: [alertRef(alert)],
    priority: rule?.priority
      ? { value: rule.priority as PriorityNumber, reason: `the route "${rule.name}" says so` }
      : undefined,
    // By the policy of its service, unless a route names one or has given it to another team.
    policyId: rule?.policyId ?? undefined,
    teamFirst: rule?.teamFirst,
    page: true,
  })
  const saved = await saveAlert(ctx, alert.id, { ticket_id: opened.id, priority: opened.priority })
  await mark(ctx, opened.id, 'alerts', { firing: 1, total: 1 })
  return saved
}

const titleOf = (a: Alert): string =>
  a.host && !a.title.toLowerCase().includes(a.host.toLowerCase())
    ? `${cut(a.title, 150)} (${cut(a.host, 45)})`
    : a.title

/** Its own words alone: those that we write around them stand in every incident. */
const toldOf = (a: Alert): string => {
  const labels = Object.values(a.labels as Record<string, string>).slice(0, MOST_LABELS)
  return a.told ?? [a.title, a.summary, a.host, ...labels].filter(Boolean).join('\n')
}

const MOST_LABELS = 30

/** What the title says already, in whole words, is not said again; a short word may stand in it by chance. */
const isNews = (a: Alert, value: string): boolean =>
  value.length < 4 || !new RegExp(`(?<![\\p{L}\\p{N}])${RegExp.escape(value)}(?![\\p{L}\\p{N}])`, 'iu').test(a.title)

const descriptionOf = (a: Alert, source: SourceRow): string => {
  const labels = Object.entries(a.labels as Record<string, string>)
    .filter(([, value]) => isNews(a, value))
    .slice(0, MOST_LABELS)
  const links = a.links as { label: string; url: string }[]
  return [
    ...(a.summary ? [a.summary, ''] : []),
    `Reported by ${source.name}, severity ${a.severity}.`,
    ...(a.host ? [`Host: ${a.host}`] : []),
    ...labels.map(([name, value]) => (value === '' ? name : `${name}: ${cut(value, 300)}`)),
    ...links.map((l) => (l.label === l.url ? l.url : `${l.label}: ${l.url}`)),
  ].join('\n')
}
