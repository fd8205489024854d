import type { Environment } from '../../../contract/base.ts'
import type { Level, OpenedVia, PriorityNumber, TicketKind } from '../../../contract/desk/index.ts'
import { actorRow } from '../../platform/access.ts'
import type { Context } from '../../platform/context.ts'
import { newId } from '../../platform/ids.ts'
import { cut } from '../../platform/text.ts'
import { factsToJson } from '../sla/index.ts'
import { attachFiles } from './attachments/attach.ts'
import { openingFacts } from './clock-facts.ts'
import { ticketAssigned, ticketOpened, ticketPriorityChanged } from './events.ts'
import { impactFacts, serviceFacts, urgencyFacts } from './facts.ts'
import { keepPlan, planFor } from './keep-clocks.ts'
import { keepWords } from './knowledge/ticket-words.ts'
import { matrixNow } from './matrix.ts'
import { nextNumber } from './number.ts'
import { pageFor } from './page.ts'
import { personOf } from './people.ts'
import { prioritise } from './prioritise.ts'
import { proposeImpact, proposeUrgency } from './propose.ts'
import { recordAbout } from './record.ts'
import { keepText } from './search-text.ts'
import type { Ticket } from './ticket.ts'

export type OpenTicket = {
  kind: TicketKind
  title: string
  description: string
  /** What of both tells what is wrong, where they are not the words of a person: what is compared with other tickets. */
  told?: string | undefined
  via: OpenedVia
  serviceId?: string | null
  environment: Environment
  /** Without it: the owner of the service. */
  teamId?: string | null
  /** Without them: proposed from the catalogue. */
  impact?: Level | undefined
  urgency?: Level | undefined
  /** Why they are so, where nobody set them. */
  because?: { impact: string; urgency: string }
  /** Overrides the matrix. `by`: what did so, where whoever acts did not. */
  priority?: { value: PriorityNumber; reason: string; by?: string } | undefined
  requesterId?: string | null
  /** Files that whoever acts has sent. */
  attachments?: readonly string[] | undefined
  assigneeId?: string | null
  /** Since when, as it was told. */
  beganAt?: Temporal.Instant | null
  /** Other things whose timeline the opening belongs to, such as the alert. */
  about?: string[] | undefined
  /** Page the people on call; a function decides once the priority is known. */
  page: boolean | ((ticket: Ticket) => boolean)
  policyId?: string | undefined
  /** Page by the policy of `teamId` before that of the service. */
  teamFirst?: boolean | undefined
}

export type OpenedTicket = { id: string; number: string; priority: number; ticket: Ticket; page: string | null }

const set = (level: Level | undefined, because: string) => (level ? { level, because } : null)

/**
 * Opens a ticket: number, priority from impact × urgency (proposed where not given), due times, and on request a page.
 * Inner function: checks no permission and trusts that what is named exists. Texts that are too long are cut.
 */
export const openTicket = async (ctx: Context, given: OpenTicket): Promise<OpenedTicket> => {
  const facts = await serviceFacts(ctx, given.serviceId ?? null)
  const who = actorRow(ctx.actor)
  const byWhom = `set by ${who.name}`
  const prioritised = prioritise(
    {
      impact: proposeImpact(impactFacts(given, facts)),
      urgency: proposeUrgency(urgencyFacts(given, facts, ctx.now())),
    },
    {
      impact: set(given.impact, given.because?.impact ?? byWhom),
      urgency: set(given.urgency, given.because?.urgency ?? byWhom),
      override: given.priority
        ? { priority: given.priority.value, by: given.priority.by ?? who.name, reason: given.priority.reason }
        : null,
    },
    await matrixNow(ctx),
  )
  const taken = given.assigneeId !== undefined && given.assigneeId !== null
  const state = taken && who.kind === 'user' && given.assigneeId === who.id ? 'in_progress' : 'new'
  const fresh = {
    id: newId(),
    number: await nextNumber(ctx, given.kind),
    kind: given.kind,
    title: cut(given.title.replace(/\s+/g, ' ').trim(), 200) || 'No title',
    description: cut(given.description, 20_000),
    state,
    impact: prioritised.impact,
    urgency: prioritised.urgency,
    priority: prioritised.priority,
    priority_reason: prioritised.reason,
    priority_basis: JSON.stringify(prioritised.basis),
    priority_overridden: prioritised.overridden,
    service_id: facts.service?.id ?? null,
    environment: given.environment,
    team_id: given.teamId ?? facts.service?.ownerTeamId ?? null,
    assignee_id: given.assigneeId ?? null,
    requester_id: given.requesterId ?? null,
    opened_via: given.via,
    opened_by: JSON.stringify(who),
    opened_at: ctx.now(),
    began_at: given.beganAt ?? null,
    handled_at: taken ? ctx.now() : null,
    updated_at: ctx.now(),
  }
  const clockFacts = openingFacts(fresh)
  const clocks = await planFor(ctx, { ...fresh, first_response_at: null }, clockFacts)
  const ticket = await ctx.db
    .insertInto('tickets')
    .values({ ...fresh, ...clocks.columns, clock_facts: factsToJson(clockFacts) })
    .returningAll()
    .executeTakeFirstOrThrow()
  await keepPlan(ctx, ticket.id, clocks)
  await keepWords(ctx, ticket, given.told)
  await keepText(ctx, [ticket.id])
  await recordOpening(ctx, ticket, given)
  const wanted = typeof given.page === 'function' ? given.page(ticket) : given.page
  const page = wanted
    ? await pageFor(ctx, ticket, facts, { about: given.about, policyId: given.policyId, teamFirst: given.teamFirst })
    : null
  return { id: ticket.id, number: ticket.number, priority: ticket.priority, ticket, page: page?.why ?? null }
}

const recordOpening = async (ctx: Context, ticket: Ticket, given: Pick<OpenTicket, 'about' | 'attachments'>) => {
  const to = { ticketId: ticket.id, messageId: null, internal: false }
  const attachments = await attachFiles(ctx, given.attachments ?? [], to)
  const { kind, title, opened_via: via } = ticket
  await recordAbout(
    ctx,
    ticket,
    ticketOpened,
    { kind, title, via, ...(attachments ? { attachments } : {}) },
    { milestone: true, forRequester: true, about: given.about ?? [] },
  )
  await recordAbout(ctx, ticket, ticketPriorityChanged, {
    before: null,
    after: ticket.priority,
    impact: ticket.impact as Level,
    urgency: ticket.urgency as Level,
    overridden: ticket.priority_overridden,
    reason: ticket.priority_reason,
  })
  const after = await personOf(ctx, ticket.assignee_id)
  if (after) await recordAbout(ctx, ticket, ticketAssigned, { before: null, after, by: 'opening' })
}
