import type { Environment } from '../../../contract/base.ts'
import { changeTicketInput, isOpen, type Level, type TicketState } from '../../../contract/desk/index.ts'
import { actorRow } from '../../platform/access.ts'
import type { Context } from '../../platform/context.ts'
import { verb } from '../../platform/verb.ts'
import { refreshBrief } from './brief.ts'
import { type Changes, changedFields, wordChanges } from './changed-fields.ts'
import { ticketChanged, ticketPriorityChanged } from './events.ts'
import { serviceFacts } from './facts.ts'
import { keepWords } from './knowledge/ticket-words.ts'
import { matrixNow } from './matrix.ts'
import { pageSooner } from './page.ts'
import { requireLiveService } from './people.ts'
import { recordAbout } from './record.ts'
import { reprioritise } from './reprioritise.ts'
import { acted, saveTicket } from './save.ts'
import { keepText } from './search-text.ts'
import { type Ticket, takeTicket } from './ticket.ts'

/**
 * Changes the words, the service, the environment, impact and urgency, or the priority by hand. What the rule proposed
 * is proposed anew when the service or the environment changes; what a person chose stays.
 */
export const changeTicket = verb('ticket.change', {
  permission: 'ticket.work',
  input: changeTicketInput,
  async run(ctx, { id, ...given }) {
    const ticket = await takeTicket(ctx, id, 'change')
    const changes = changedFields(ticket, given)
    if (Object.keys(changes).length === 0) return ctx.unchanged(await acted(ctx, ticket))
    if (changes.serviceId) await requireLiveService(ctx, 'serviceId', changes.serviceId)
    const saved = await saveTicket(ctx, ticket, {
      ...(changes.title === undefined ? {} : { title: changes.title }),
      ...(changes.description === undefined ? {} : { description: changes.description }),
      ...(changes.serviceId === undefined ? {} : { service_id: changes.serviceId }),
      ...(changes.environment === undefined ? {} : { environment: changes.environment }),
      ...(await priorityColumns(ctx, ticket, changes)),
    })
    if (changes.title !== undefined || changes.description !== undefined) {
      await keepWords(ctx, saved)
      await keepText(ctx, [saved.id])
    }
    await recordChange(ctx, ticket, saved, changes)
    if (isOpen(saved.state as TicketState)) await refreshBrief(ctx, saved)
    if (changes.environment !== undefined) await pageSooner(ctx, saved)
    return acted(ctx, saved, { act: 'change', input: { id: ticket.id, ...backTo(ticket, changes) } })
  },
})

const touchesPriority = (c: Changes) =>
  c.serviceId !== undefined ||
  c.environment !== undefined ||
  c.impact !== undefined ||
  c.urgency !== undefined ||
  c.priority !== undefined

const priorityColumns = async (ctx: Context, ticket: Ticket, changes: Changes) => {
  if (!touchesPriority(changes)) return {}
  const serviceId = changes.serviceId === undefined ? ticket.service_id : changes.serviceId
  const facts = await serviceFacts(ctx, serviceId)
  const p = reprioritise(ticket, changes, facts, {
    name: actorRow(ctx.actor).name,
    now: ctx.now(),
    matrix: await matrixNow(ctx),
  })
  return {
    impact: p.impact,
    urgency: p.urgency,
    priority: p.priority,
    priority_reason: p.reason,
    priority_basis: JSON.stringify(p.basis),
    priority_overridden: p.overridden,
  }
}

const recordChange = async (ctx: Context, ticket: Ticket, saved: Ticket, changes: Changes) => {
  const words = await wordChanges(ctx, ticket, changes)
  if (words.length > 0) await recordAbout(ctx, saved, ticketChanged, { changes: words }, { milestone: true })
  if (saved.priority_reason === ticket.priority_reason) return
  const data = {
    before: ticket.priority,
    after: saved.priority,
    impact: saved.impact as Level,
    urgency: saved.urgency as Level,
    overridden: saved.priority_overridden,
    reason: saved.priority_reason,
  }
  await recordAbout(ctx, saved, ticketPriorityChanged, data, { milestone: true })
}

const backTo = (t: Ticket, c: Changes) => {
  const basis = t.priority_basis as { impact?: { by: string }; urgency?: { by: string }; override?: { reason: string } }
  return {
    ...(c.title === undefined ? {} : { title: t.title }),
    ...(c.description === undefined ? {} : { description: t.description }),
    ...(c.serviceId === undefined ? {} : { serviceId: t.service_id }),
    ...(c.environment === undefined ? {} : { environment: t.environment as Environment }),
    ...(c.impact === undefined ? {} : { impact: basis.impact?.by === 'person' ? t.impact : null }),
    ...(c.urgency === undefined ? {} : { urgency: basis.urgency?.by === 'person' ? t.urgency : null }),
    ...(c.priority === undefined
      ? {}
      : basis.override
        ? { priority: t.priority, reason: basis.override.reason }
        : { priority: null }),
  }
}
