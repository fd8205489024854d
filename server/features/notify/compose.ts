import type { Selectable } from 'kysely'
import { z } from 'zod'
import type { ReadContext } from '../../platform/context.ts'
import type { Deliveries } from '../../platform/db/schema.gen.ts'
import { linkToken } from '../../platform/signed-link.ts'
import { invitationUrl } from '../identity/index.ts'
import { verificationCode } from './code.ts'
import type { Message, Priority } from './message.ts'

export type DeliveryRow = Selectable<Deliveries>

const stored = z.object({
  title: z.string(),
  lines: z.array(z.string()),
  facts: z.array(z.object({ label: z.string(), value: z.string() })).optional(),
  links: z.array(z.object({ label: z.string(), url: z.string(), primary: z.boolean().optional() })).default([]),
  priority: z.enum(['P1', 'P2', 'P3', 'P4', 'P5']).optional(),
  thread: z.object({ id: z.string(), references: z.array(z.string()), own: z.string().optional() }).optional(),
  automatic: z.boolean().optional(),
  actLabel: z.string().nullable().default(null),
  /** Where the signed link leads; without them to the page that acknowledges. */
  actLinks: z
    .array(
      z.object({ label: z.string(), path: z.string(), query: z.string().optional(), primary: z.boolean().optional() }),
    )
    .optional(),
  /** Nonce of a verification: the code is derived when the message is sent and is stored nowhere. */
  codeFor: z.string().optional(),
  /** Id of an invitation: its link is asked of identity when the message is sent. */
  invitation: z.string().optional(),
})

export const priorityOf = (d: Pick<DeliveryRow, 'message'>): Priority | undefined => stored.parse(d.message).priority

const base = (ctx: ReadContext) => ctx.config.BASE_URL ?? `http://localhost:${ctx.config.PORT}`

const absolute = (ctx: ReadContext, url: string) => (url.startsWith('/') ? `${base(ctx)}${url}` : url)

/** The message as it goes out: with its signed link, and addresses made whole. */
export const composeMessage = async (ctx: ReadContext, d: DeliveryRow): Promise<Message> => {
  const m = stored.parse(d.message)
  const act = d.link_id ? actLinks(ctx, m, d.link_id) : []
  const welcome = m.invitation
    ? [{ label: 'Set your password', url: invitationUrl(ctx, m.invitation), primary: true }]
    : []
  const code = m.codeFor ? [`Your code is ${verificationCode(ctx.crypto, m.codeFor)}. It is good for 30 minutes.`] : []
  const zone = d.user_id ? await zoneOf(ctx, d.user_id) : 'UTC'
  return {
    id: d.id,
    class: d.class as Message['class'],
    title: m.title,
    lines: [...m.lines, ...code],
    ...(m.facts ? { facts: m.facts } : {}),
    links: [
      ...act,
      ...welcome,
      ...m.links.map((l) => ({ label: l.label, url: absolute(ctx, l.url), ...(l.primary ? { primary: true } : {}) })),
    ],
    ...(m.priority ? { priority: m.priority } : {}),
    ...(m.thread ? { thread: m.thread } : {}),
    ...(m.automatic ? { automatic: true } : {}),
    at: d.created_at.toZonedDateTimeISO(zone).toString(),
    mayRepeat: d.may_repeat,
  }
}

const actLinks = (ctx: ReadContext, m: z.output<typeof stored>, linkId: string): Message['links'] => {
  const links = m.actLinks ?? [{ label: m.actLabel ?? 'Open', path: '/ack', primary: true }]
  const token = linkToken(ctx.crypto, linkId)
  return links.map(({ label, path, query, primary }) => ({
    label,
    url: `${base(ctx)}${path}/${token}${query ? `?${query}` : ''}`,
    ...(primary ? { primary: true } : {}),
  }))
}

const zoneOf = async (ctx: ReadContext, userId: string): Promise<string> =>
  (await ctx.db.selectFrom('users').select('zone').where('id', '=', userId).executeTakeFirst())?.zone ?? 'UTC'
