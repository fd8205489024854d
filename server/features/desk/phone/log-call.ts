import { logCallInput } from '../../../../contract/desk/index.ts'
import { actorRow } from '../../../platform/access.ts'
import { isBefore } from '../../../platform/clock.ts'
import type { Context } from '../../../platform/context.ts'
import { invalid } from '../../../platform/errors.ts'
import { verb } from '../../../platform/verb.ts'
import { keepCall, keepCaller, whoCalled } from '../add-caller.ts'
import { callersOf, countCallers } from '../callers.ts'
import { ticketCallerAdded } from '../events-links.ts'
import { serviceFacts } from '../facts.ts'
import { holdLinks } from '../link-rows.ts'
import { matrixNow } from '../matrix.ts'
import { openTicket } from '../open-ticket.ts'
import { requireLiveService } from '../people.ts'
import { recordAbout } from '../record.ts'
import { acted, saveTicket } from '../save.ts'
import { type Ticket, takeTicket } from '../ticket.ts'
import { prioritised } from './read-phone-line.ts'

type Given = ReturnType<typeof logCallInput.parse>

/** Logs a call: on the open ticket that it is about, or as a new one. */
export const logCall = verb('ticket.log_call', {
  permission: 'ticket.work',
  input: logCallInput,
  async run(ctx, given) {
    if (given.since && isBefore(ctx.now(), given.since)) throw invalid('since', 'must not be in the future')
    // What was chosen for a new ticket is not looked at when the call is about one that is open.
    return given.to ? addTo(ctx, given.to, given) : openFor(ctx, given)
  },
})

const addTo = async (ctx: Context, to: string, given: Given) => {
  await holdLinks(ctx)
  const ticket = await takeTicket(ctx, to, 'addCaller')
  const { child, callerId } = await keepCall(ctx, ticket, {
    userId: given.userId,
    businessUnitId: given.businessUnitId,
    words: given.line,
    title: given.title,
  })
  const saved = earlier(given.since, ticket.began_at)
    ? await saveTicket(ctx, ticket, { began_at: given.since })
    : ticket
  const undo = callerId ? { act: 'removeCaller' as const, input: { id: ticket.id, callerId } } : null
  const callers = await callersOf(ctx, ticket.id)
  return { ...(await acted(ctx, saved, undo)), opened: false, child, callers, page: null }
}

/** Somebody remembers that it began before what is known. */
const earlier = (since: Temporal.Instant | undefined, known: Ticket['began_at']): since is Temporal.Instant =>
  since !== undefined && (known === null || isBefore(since, known))

const openFor = async (ctx: Context, given: Given) => {
  if (given.serviceId) await requireLiveService(ctx, 'serviceId', given.serviceId)
  const who = await whoCalled(ctx, given)
  const environment = given.environment ?? 'prod'
  const facts = await serviceFacts(ctx, given.serviceId ?? null)
  const { chosen, overrides } = prioritised(
    { facts, environment, now: ctx.now(), matrix: await matrixNow(ctx), by: actorRow(ctx.actor).name },
    { impact: given.impact, urgency: given.urgency },
    given.priority ?? null,
  )
  const opened = await openTicket(ctx, {
    kind: 'incident',
    title: given.title ?? given.line,
    description: '',
    via: 'phone',
    serviceId: given.serviceId ?? null,
    environment,
    ...chosen,
    ...(given.priority && overrides ? { priority: { value: given.priority, reason: 'said on the phone' } } : {}),
    requesterId: who.person?.id ?? null,
    beganAt: given.since ?? null,
    page: given.page,
  })
  await keepCaller(ctx, opened.ticket, who, given.line)
  await recordAbout(ctx, opened.ticket, ticketCallerAdded, { caller: who.words, words: given.line })
  await countCallers(ctx, opened.id)
  return { ...(await acted(ctx, opened.ticket)), opened: true, child: null, callers: 1, page: opened.page }
}
