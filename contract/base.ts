import { oc } from '@orpc/contract'
import { z } from 'zod'

/** Shapes that every feature's contract uses. */

/** An instant on its way out: the server hands over a Temporal.Instant, readers get RFC 3339 text in UTC. */
export const instant = z
  .transform((v: { toString(): string } | string) => String(v))
  .pipe(z.iso.datetime({ precision: undefined, error: 'must be a time such as 2026-11-23T07:12:00Z' }))
  .meta({ description: 'RFC 3339, UTC' })

/** An instant on its way in. An Instant passes as well: a route parses its input before the verb parses it again. */
export const instantIn: z.ZodType<Temporal.Instant, string> = z.preprocess(
  (given) => (given instanceof Temporal.Instant ? given.toString() : given),
  z.iso
    .datetime({ offset: true, error: 'must be a time with its zone, such as 2026-11-23T07:12:00Z' })
    .transform((t) => Temporal.Instant.from(t)),
) as unknown as z.ZodType<Temporal.Instant, string>

export const id = z.uuid('must be an id (a uuid)')
export const slug = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'must be small letters, digits and -, at most 63')
/** Asking costs 70 µs, which a list of thousands of jobs feels. There are some hundred zones. */
const knownZones = new Set<string>()
export const zone = z.string().refine(isZone, 'must be a time zone such as Europe/London')
export const email = z.email('must be a mail address').max(254)
/** NUL and half a surrogate pair, which PostgreSQL refuses, become the replacement character, so that they are still seen. */
const storable = (t: string) => t.toWellFormed().replaceAll('\0', '\ufffd')
export const line = (max = 200) =>
  z
    .string()
    .overwrite(storable)
    .trim()
    .min(1, 'must not be empty')
    .max(max, `must have at most ${max} characters`)
    .refine((t) => !/[\r\n]/.test(t), 'must be one line')
export const text = (max = 20_000) => z.string().overwrite(storable).max(max, `must have at most ${max} characters`)
export const wallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day such as 07:30')

export const environment = z.enum(['prod', 'uat', 'test', 'dev'], 'must be prod, uat, test or dev')
export type Environment = z.output<typeof environment>

/** A thing by id and name, as lists show it. */
export const named = z.object({ id, name: z.string() })

export const pageQuery = z.object({
  cursor: z.string().max(500).optional().meta({ description: 'From `next` of the page before' }),
  limit: z.coerce.number().int().min(1).max(200, 'must be at most 200').default(50),
})

export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({
    items: z.array(item),
    next: z.string().nullable().meta({ description: 'Cursor of the next page, or null' }),
  })

export const done = z.object({ ok: z.literal(true) })

/** One event of a timeline, as people read it. */
export const timelineEvent = z.object({
  id,
  at: instant,
  type: z.string(),
  actor: z.object({ kind: z.string(), id: z.string().nullable(), name: z.string() }),
  subject: z.string(),
  text: z.string().meta({ description: 'A plain sentence' }),
  tone: z.enum(['bad', 'warn', 'good']).nullable(),
  audience: z.enum(['internal', 'requester', 'public']),
  data: z.unknown(),
})
export type TimelineEvent = z.output<typeof timelineEvent>

export const route = oc

function isZone(zone: string): boolean {
  if (knownZones.has(zone)) return true
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    // Small and capital letters can be mixed: what is known stays bounded.
    if (knownZones.size < 1_000) knownZones.add(zone)
    return true
  } catch {
    return false
  }
}
