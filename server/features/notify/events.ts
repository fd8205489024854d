import { z } from 'zod'
import { eventType } from '../../platform/events.ts'

const where = { channel: z.string(), address: z.string(), person: z.string().nullable() }
const to = (d: { channel: string; address: string; person: string | null }) =>
  `${d.person ?? d.address} by ${d.channel}`

export const deliverySent = eventType(
  'delivery.sent',
  z.object({ ...where, title: z.string(), attempt: z.number(), mayRepeat: z.boolean() }),
  (d) =>
    `Told ${to(d)}${d.attempt > 1 ? `, attempt ${d.attempt}` : ''}${d.mayRepeat ? '; it may have arrived twice' : ''}.`,
)
export const deliveryRetried = eventType(
  'delivery.retried',
  z.object({ ...where, attempt: z.number(), reason: z.string(), next: z.string() }),
  (d) => `Could not tell ${to(d)}: ${d.reason} ${d.next}`,
  'warn',
)
export const deliveryFailed = eventType(
  'delivery.failed',
  z.object({ ...where, attempt: z.number(), reason: z.string(), next: z.string() }),
  (d) => `${to(d)} was not reached: ${d.reason} ${d.next}`,
  'bad',
)
export const deliveryBundled = eventType(
  'delivery.bundled',
  z.object({ ...where, count: z.number() }),
  (d) => `${d.count} messages for ${to(d)} were put into one.`,
)

const method = z.object({ channel: z.string(), address: z.string(), label: z.string() })
export const methodAdded = eventType(
  'contact.added',
  method,
  (d, who) => `${who} added ${d.label} (${d.channel}, ${d.address}).`,
)
export const methodVerified = eventType('contact.verified', method, (d, who) => `${who} verified ${d.label}.`)
export const codeSent = eventType('contact.code_sent', method, (d) => `A code was sent to ${d.label}.`)
export const methodRemoved = eventType('contact.removed', method, (d, who) => `${who} removed ${d.label}.`)
export const methodTested = eventType('contact.tested', method, (d, who) => `${who} sent a test to ${d.label}.`)
export const rulesSet = eventType(
  'contact.rules_set',
  z.object({ urgency: z.string(), before: z.number(), after: z.number() }),
  (d, who) => `${who} set ${d.after} notification rules for ${d.urgency} urgency (before: ${d.before}).`,
)

export const pushIdentityMade = eventType(
  'push.identity_made',
  z.object({}),
  () => 'Watchfloor made the keys by which push services of browsers know it.',
)

export const notifyEvents = [
  pushIdentityMade,
  deliverySent,
  deliveryRetried,
  deliveryFailed,
  deliveryBundled,
  methodAdded,
  methodVerified,
  codeSent,
  methodRemoved,
  methodTested,
  rulesSet,
] as const
