import { z } from 'zod'
import { later } from '../../../platform/clock.ts'
import type { Context } from '../../../platform/context.ts'
import { refId } from '../../../platform/events.ts'
import { verb } from '../../../platform/verb.ts'
import { teamOf } from '../people.ts'
import { recordAbout } from '../record.ts'
import { lockTicket, type Ticket, ticketRef } from '../ticket.ts'
import { ticketEscalatedUp } from './events.ts'
import { type Person, tellUp, whomToTell } from './people.ts'
import { resolutionOf } from './resolution-at.ts'
import { rulesOf } from './rules.ts'
import { type HierarchyFacts, type Moment, momentsOf } from './steps.ts'

const key = (ticketId: string) => `ticket:${ticketId}:hierarchy`

const factsOf = async (ctx: Context, ticket: Ticket): Promise<HierarchyFacts> => {
  const waiting = ticket.escalated_to
    ? await ctx.db
        .selectFrom('escalations as e')
        .innerJoin('teams as t', 't.id', 'e.to_team_id')
        .select(['e.id', 'e.sent_at as since', 't.name as to'])
        .where('e.ticket_id', '=', ticket.id)
        .where('e.state', '=', 'pending')
        .executeTakeFirst()
    : undefined
  const taken = ticket.state !== 'new' || ticket.assignee_id !== null || ticket.first_response_at !== null
  return {
    priority: ticket.priority,
    open: ticket.open,
    untakenSince: taken ? null : (ticket.handled_at ?? ticket.opened_at),
    waiting: waiting ?? null,
    resolutionAt: await resolutionOf(ctx, ticket),
    reopened: ticket.reopened,
  }
}

/** The moments of a ticket that are still to come, or over and not told yet. */
const openMoments = async (ctx: Context, ticket: Ticket): Promise<Moment[]> => {
  if (!ticket.open) return []
  const facts = await factsOf(ctx, ticket)
  const [own, receivers] = [
    await rulesOf(ctx, ticket.team_id),
    facts.waiting && (await rulesOf(ctx, ticket.escalated_to)),
  ]
  const moments = [
    ...momentsOf(facts, own.rules).filter((m) => m.of === 'team'),
    ...(receivers ? momentsOf(facts, receivers.rules).filter((m) => m.of === 'receiver') : []),
  ]
  if (moments.length === 0) return []
  const told = await ctx.db.selectFrom('hierarchy_steps').select('step').where('ticket_id', '=', ticket.id).execute()
  const steps = new Set(told.map((t) => t.step))
  return moments.filter((m) => !steps.has(m.step)).sort((a, b) => Temporal.Instant.compare(a.at, b.at))
}

/** Leaves work for the next moment at which somebody is to be told; whatever was left before is replaced. */
const plan = (ctx: Context, ticket: Ticket, moments: readonly Moment[]): void => {
  const [next] = moments
  if (!next) ctx.cancelDue(key(ticket.id))
  else
    ctx.due({
      key: key(ticket.id),
      at: later(next.at, ctx.now()),
      run: tellByClock,
      input: { id: ticket.id },
      subject: ticketRef(ticket),
    })
}

/** Something happened to a ticket that may move these moments. */
export const planByEvent = verb('ticket.plan_hierarchy', {
  permission: 'system',
  input: z.object({ subject: z.string() }),
  async run(ctx, { subject }) {
    const ticket = await lockTicket(ctx, refId(subject))
    if (ticket) plan(ctx, ticket, await openMoments(ctx, ticket))
    return ctx.unchanged(null)
  },
})

/** A moment has come. What was told is told once, whatever happens to the ticket or to the rules afterwards. */
export const tellByClock = verb('ticket.tell_by_clock', {
  permission: 'system',
  input: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    const ticket = await lockTicket(ctx, id)
    if (!ticket) return ctx.unchanged(null)
    const moments = await openMoments(ctx, ticket)
    const due = moments.filter((m) => Temporal.Instant.compare(m.at, ctx.now()) <= 0)
    const whys = new Map<string, { person: Person; whys: string[] }>()
    for (const m of due)
      for (const person of await step(ctx, ticket, m)) {
        const known = whys.get(person.id) ?? { person, whys: [] }
        whys.set(person.id, { person, whys: [...known.whys, m.why] })
      }
    for (const one of whys.values()) await tellUp(ctx, ticket, [one.person], one.whys)
    plan(ctx, ticket, moments.slice(due.length))
    return due.length > 0 ? null : ctx.unchanged(null)
  },
})

const step = async (ctx: Context, ticket: Ticket, m: Moment): Promise<Person[]> => {
  const teamId = m.of === 'receiver' ? ticket.escalated_to : ticket.team_id
  const people = await whomToTell(ctx, teamId, m.tell)
  const { numInsertedOrUpdatedRows } = await ctx.db
    .insertInto('hierarchy_steps')
    .values({ ticket_id: ticket.id, step: m.step, at: ctx.now(), told: people.map((p) => p.id) })
    .onConflict((c) => c.doNothing())
    .executeTakeFirst()
  if (numInsertedOrUpdatedRows !== 1n) return []
  const team = (await teamOf(ctx, teamId))?.name ?? null
  const data = { by: 'clock' as const, step: m.step, to: m.tell, team, told: people.map((p) => p.name), why: m.why }
  await recordAbout(ctx, ticket, ticketEscalatedUp, data, { about: people.map((p) => `user:${p.id}`) })
  return people
}
