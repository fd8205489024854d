import { z } from 'zod'
import { alertStatus, healthState, healthWords, severity } from '../../../contract/alerts/words.ts'
import { eventType } from '../../platform/events.ts'

/** What is recorded about alerts: one event a change, never one a signal. */

const alert = z.object({ title: z.string() })
const instantText = z.string()

export const alertOpened = eventType(
  'alert.opened',
  alert.extend({
    source: z.string(),
    severity,
    status: alertStatus,
    startedAt: instantText,
    route: z.array(z.string()),
    previous: z.string().nullable(),
  }),
  (d) => {
    const what = d.status === 'blind' ? `${d.source} could not look` : `${d.source} reports`
    return `${what}${d.previous ? ' again' : ''}: ${d.title} (${d.severity})`
  },
  'bad',
)

export const alertChanged = eventType(
  'alert.changed',
  alert.extend({
    before: z.object({ status: alertStatus, severity }),
    after: z.object({ status: alertStatus, severity }),
  }),
  (d) => {
    if (d.before.status !== d.after.status)
      return d.after.status === 'blind'
        ? `Its sender cannot look any more: ${d.title}`
        : `Its sender sees it again: ${d.title}`
    return `The severity went from ${d.before.severity} to ${d.after.severity}: ${d.title}`
  },
  'warn',
)

export const alertHeld = eventType(
  'alert.held',
  alert.extend({
    kind: z.enum(['silence', 'maintenance']),
    reason: z.string(),
    by: z.string(),
    until: z.string().nullable(),
  }),
  (d) => `Held back by a ${d.kind === 'silence' ? 'silence' : 'maintenance window'} of ${d.by}: ${d.reason}`,
)

export const alertTold = eventType(
  'alert.told',
  alert.extend({ was: z.enum(['silence', 'maintenance']), reason: z.string() }),
  (d) =>
    `No longer held back, for the ${d.was === 'silence' ? 'silence' : 'maintenance'} is over, and it is still there: ${d.title}`,
  'bad',
)

export const alertNotTold = eventType('alert.not_told', alert.extend({ why: z.string() }), (d) => d.why)

export const alertAttached = eventType(
  'alert.attached',
  alert.extend({ number: z.string(), why: z.string() }),
  (d) => `${d.title} was added to ${d.number}: ${d.why}`,
  'bad',
)

export const alertResolved = eventType(
  'alert.resolved',
  alert.extend({ endedAt: instantText, occurrences: z.number(), reason: z.string().nullable() }),
  (d, who) => {
    if (d.reason !== null) return `${who} ended it by hand: ${d.title}. ${d.reason}`
    return `It is over: ${d.title}${d.occurrences > 1 ? ` (reported ${d.occurrences} times)` : ''}`
  },
  'good',
)

export const alertExpired = eventType(
  'alert.expired',
  alert.extend({ reason: z.string() }),
  (d) => `It has expired: ${d.title}. ${d.reason}`,
  'warn',
)

export const alertPassed = eventType(
  'alert.passed',
  alert.extend({ source: z.string(), severity, startedAt: instantText, endedAt: instantText }),
  (d) => `${d.source} reported ${d.title} (${d.severity}) and its end at once; nobody was told`,
)

export const alertAcknowledged = eventType(
  'alert.acknowledged',
  alert.extend({ by: z.string(), how: z.enum(['hand', 'page', 'sender']) }),
  (d) => {
    if (d.how === 'sender') return `${d.by} says that somebody looks after it: ${d.title}`
    return d.how === 'page' ? `${d.by} acknowledged the page: ${d.title}` : `${d.by} looks after it: ${d.title}`
  },
)

export const alertUnacknowledged = eventType(
  'alert.unacknowledged',
  alert,
  (d, who) => `${who} took the acknowledgement back: ${d.title}`,
)

/** What pages that show health wait for: it is computed a moment after the alert that it follows from. */
export const healthChanged = eventType(
  'health.changed',
  z.object({ service: z.string(), environment: z.string(), before: healthState, after: healthState }),
  (d) => `${d.service}, ${d.environment}, is ${healthWords[d.after]}; it was ${healthWords[d.before]}.`,
)

const silence = z.object({ what: z.string(), reason: z.string(), until: z.string() })
export const silenceCreated = eventType(
  'silence.created',
  silence,
  (d, who) => `${who} silenced alerts where ${d.what}, until ${d.until}: ${d.reason}`,
)
export const silenceChanged = eventType(
  'silence.changed',
  silence,
  (d, who) => `${who} changed the silence of ${d.what}: until ${d.until}, ${d.reason}`,
)
export const silenceEnded = eventType(
  'silence.ended',
  z.object({ what: z.string(), how: z.enum(['time', 'hand']) }),
  (d, who) => `${d.how === 'time' ? 'Its time is over' : `${who} ended it`}: the silence of ${d.what}`,
)

const window = z.object({ name: z.string() })
export const maintenanceCreated = eventType(
  'maintenance.created',
  window.extend({ when: z.string(), reason: z.string() }),
  (d, who) => `${who} planned the maintenance ${d.name}, ${d.when}: ${d.reason}`,
)
export const maintenanceChanged = eventType(
  'maintenance.changed',
  window.extend({ before: z.unknown(), after: z.unknown() }),
  (d, who) => `${who} changed the maintenance ${d.name}`,
)
export const maintenanceBegan = eventType(
  'maintenance.began',
  window.extend({ until: z.string() }),
  (d) => `The maintenance ${d.name} has begun, until ${d.until}`,
)
export const maintenancePaused = eventType(
  'maintenance.paused',
  window.extend({ next: z.string() }),
  (d) => `The maintenance ${d.name} is over for this time; the next begins ${d.next}`,
)
export const maintenanceEnded = eventType(
  'maintenance.ended',
  window.extend({ how: z.enum(['time', 'hand']) }),
  (d, who) => `${d.how === 'time' ? 'Its time is over' : `${who} ended it`}: the maintenance ${d.name}`,
)

const source = z.object({ name: z.string() })
const fields = z.record(z.string(), z.unknown())
export const sourceCreated = eventType(
  'source.created',
  source.extend({ kind: z.string(), after: fields }),
  (d, who) => `${who} connected the source ${d.name} (${d.kind})`,
)
export const sourceChanged = eventType('source.changed', source.extend({ before: fields, after: fields }), (d, who) => {
  if (d.after.enabled === false) return `${who} disabled the source ${d.name}`
  if (d.after.enabled === true) return `${who} enabled the source ${d.name}`
  return `${who} changed the source ${d.name}: ${Object.keys(d.after).join(', ')}`
})
const sourceKey = source.extend({ hint: z.string() })
export const sourceKeyAdded = eventType(
  'source.key_added',
  sourceKey,
  (d, who) => `${who} gave the source ${d.name} a key that ends in ${d.hint}`,
)
export const sourceKeyRevoked = eventType(
  'source.key_revoked',
  sourceKey,
  (d, who) => `${who} revoked the key of ${d.name} that ends in ${d.hint}`,
)
export const sourceTested = eventType(
  'source.tested',
  source.extend({ signals: z.number(), problems: z.number(), delivered: z.boolean() }),
  (d, who) => `${who} tested the source ${d.name}: ${d.signals} read${d.problems > 0 ? `, ${d.problems} not` : ''}`,
)
export const sourceReplayed = eventType(
  'source.replayed',
  source.extend({ sample: z.string(), signals: z.number() }),
  (d, who) => `${who} had something of ${d.name} read again: ${d.signals} signals`,
)

const alertRoute = z.object({ name: z.string() })
export const alertRouteCreated = eventType(
  'alert_route.created',
  alertRoute.extend({ after: fields }),
  (d, who) => `${who} added the route ${d.name}`,
)
export const alertRouteChanged = eventType(
  'alert_route.changed',
  alertRoute.extend({ before: fields, after: fields }),
  (d, who) => `${who} changed the route ${d.name}: ${Object.keys(d.after).join(', ')}`,
)
export const alertRouteMoved = eventType(
  'alert_route.moved',
  alertRoute.extend({ place: z.number() }),
  (d, who) => `${who} had the route ${d.name} tried as number ${d.place}`,
)
export const alertRouteDeleted = eventType(
  'alert_route.deleted',
  alertRoute.extend({ before: z.unknown() }),
  (d, who) => `${who} deleted the route ${d.name}`,
)

export const alertEvents = [
  alertOpened,
  alertChanged,
  alertHeld,
  alertTold,
  alertNotTold,
  alertAttached,
  alertResolved,
  alertExpired,
  alertPassed,
  alertAcknowledged,
  alertUnacknowledged,
  healthChanged,
  silenceCreated,
  silenceChanged,
  silenceEnded,
  maintenanceCreated,
  maintenanceChanged,
  maintenanceBegan,
  maintenancePaused,
  maintenanceEnded,
  sourceCreated,
  sourceChanged,
  sourceKeyAdded,
  sourceKeyRevoked,
  sourceTested,
  sourceReplayed,
  alertRouteCreated,
  alertRouteChanged,
  alertRouteMoved,
  alertRouteDeleted,
] as const
