import { numberPrefix } from '../../../contract/desk/index.ts'
import { defaultMatrix } from '../../../contract/desk/priority.ts'
import { type Basis, prioritise } from '../../../server/features/desk/prioritise.ts'
import { proposeImpact, proposeUrgency } from '../../../server/features/desk/propose.ts'
import type { ClockFact } from '../../../server/features/sla/index.ts'
import { maybeTime, type PastEvent, time } from './bulk.ts'
import type { Cast } from './cast.ts'
import type { PastTicket, Step } from './tickets.ts'

export type Numbered = PastTicket & { number: string }

/** Numbers in the order of opening, and how far each kind has come. */
export const numbered = (tickets: readonly PastTicket[]): { tickets: Numbered[]; last: Record<string, number> } => {
  const last: Record<string, number> = {}
  const sorted = tickets.toSorted((a, b) => a.openedAt - b.openedAt)
  return {
    last,
    tickets: sorted.map((t) => {
      const n = (last[t.kind] ?? 0) + 1
      last[t.kind] = n
      return { ...t, number: `${numberPrefix[t.kind]}-${n}` }
    }),
  }
}

const instant = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms)
const lastOf = <W extends Step['what']>(t: PastTicket, what: W) =>
  t.steps.findLast((s): s is Extract<Step, { what: W }> => s.what === what)

/** Impact × urgency as somebody set them, or as the rule proposes them to a machine, in the words of the desk. */
export const priorityOfPast = (t: PastTicket, cast: Cast): ReturnType<typeof prioritise> & { basis: Basis } => {
  const service = cast.service(t.service)
  const facts = { kind: t.kind, environment: t.environment, service, dependents: [], units: service?.units ?? 0 }
  const who = t.opener && cast.person(t.opener).name
  const set = (level: PastTicket['impact']) => (who ? { level, because: `set by ${who}` } : null)
  return prioritise(
    {
      impact: proposeImpact(facts),
      urgency: proposeUrgency({ ...facts, tier: service?.tier ?? null, cutOff: null }),
    },
    { impact: set(t.impact), urgency: set(t.urgency), override: null },
    defaultMatrix,
  )
}

/** What moves its clocks. */
export const factsOfPast = (t: PastTicket, priority: number): ClockFact[] => {
  const facts: ClockFact[] = [{ at: instant(t.openedAt), what: 'opened', priority }]
  for (const s of t.steps) {
    const at = instant(s.at)
    if (s.what === 'replied') facts.push({ at, what: s.byRequester ? 'customer' : 'agent' })
    if (s.what === 'pended') facts.push({ at, what: 'pended', reason: 'user' })
    if (s.what === 'resumed') facts.push({ at, what: 'resumed' })
    if (s.what === 'resolved') facts.push({ at, what: 'resolved', human: s.who !== 'Watchfloor' })
  }
  // An answer to nobody ends nothing.
  return facts.filter((f, i) => f.what !== 'agent' || facts.slice(0, i).some((b) => b.what === 'customer'))
}

export const firstResponseOf = (t: PastTicket): number | null =>
  t.steps.find((s) => s.what === 'took' || (s.what === 'replied' && !s.byRequester))?.at ?? null

const stateOf = (t: PastTicket): string => {
  if (lastOf(t, 'closed')) return 'closed'
  if (lastOf(t, 'resolved')) return 'resolved'
  const pended = lastOf(t, 'pended')
  if (pended && (lastOf(t, 'resumed')?.at ?? 0) < pended.at) return 'pending'
  return t.steps.some((s) => s.what === 'took') ? 'in_progress' : 'new'
}

/** Its row, but for the clocks. */
export const ticketRow = (t: Numbered, cast: Cast, p: ReturnType<typeof priorityOfPast>) => {
  const state = stateOf(t)
  const took = lastOf(t, 'took')
  const moved = lastOf(t, 'moved')
  const resolved = lastOf(t, 'resolved')
  const has = took && (!moved || took.at > moved.at) ? took : null
  return {
    id: t.id,
    number: t.number,
    kind: t.kind,
    title: t.title,
    description: t.description,
    state,
    pending_reason: state === 'pending' ? 'user' : null,
    impact: p.impact,
    urgency: p.urgency,
    priority: p.priority,
    priority_reason: p.reason,
    priority_basis: p.basis,
    service_id: cast.service(t.service)?.id ?? null,
    environment: t.environment,
    team_id: cast.team(t.team).id,
    assignee_id: has ? cast.person(has.who).id : null,
    requester_id: t.requester ? cast.person(t.requester).id : null,
    opened_via: t.via,
    opened_by: cast.actor(t.opener ?? 'Watchfloor'),
    opened_at: time(t.openedAt),
    handled_at: maybeTime(t.steps.find((s) => s.what === 'took')?.at ?? null),
    first_response_at: maybeTime(firstResponseOf(t)),
    resolved_at: maybeTime(resolved?.at ?? null),
    resolution: resolved?.resolution ?? null,
    closed_at: maybeTime(lastOf(t, 'closed')?.at ?? null),
    updated_at: time(t.steps.at(-1)?.at ?? t.openedAt),
    version: 1 + t.steps.length,
  }
}
export const ticketShape =
  'id uuid, number text, kind text, title text, description text, state text, pending_reason text, impact text, urgency text, priority int2, priority_reason text, priority_basis jsonb, service_id uuid, environment text, team_id uuid, assignee_id uuid, requester_id uuid, opened_via text, opened_by jsonb, opened_at timestamptz, handled_at timestamptz, first_response_at timestamptz, resolved_at timestamptz, resolution text, closed_at timestamptz, updated_at timestamptz, version int4, due_at timestamptz, due_clock text, breached bool, sla jsonb, clock_facts jsonb'

export type Message = {
  id: string
  ticket_id: string
  kind: string
  via: string
  author_kind: string
  author_id: string | null
  author_name: string
  body: string
  at: string
}
export const messageShape =
  'id uuid, ticket_id uuid, kind text, via text, author_kind text, author_id text, author_name text, body text, at timestamptz'

export type Known = { id: string; number: string; title: string; kind: string; version: number }

/** What its timeline tells, and what was said. `newId` gives the messages theirs. */
export const ticketStory = (
  t: Numbered,
  cast: Cast,
  p: ReturnType<typeof priorityOfPast>,
  known: ReadonlyMap<string, Known>,
  newId: () => string,
): { events: PastEvent[]; messages: Message[] } => {
  const events: PastEvent[] = []
  const messages: Message[] = []
  const service = cast.service(t.service)
  const milestone = [service && `service:${service.id}`, `team:${cast.team(t.team).id}`]
  const asks = t.requester ? `user:${cast.person(t.requester).id}` : null
  const { number } = t
  const record = (
    at: number,
    who: string,
    type: string,
    data: object,
    forRequester = false,
    about: (string | null)[] = [],
  ) =>
    events.push({
      at,
      type,
      actor: cast.actor(who),
      subject: `ticket:${t.id}`,
      about: [...(forRequester ? [asks] : []), ...about],
      team: cast.team(t.team).id,
      audience: forRequester ? 'requester' : 'internal',
      data: { number, ...data },
    })
  const opener = t.opener ?? 'Watchfloor'
  record(t.openedAt, opener, 'ticket.opened', { kind: t.kind, title: t.title, via: t.via }, true, milestone)
  const { impact, urgency, priority: after } = p
  record(t.openedAt, opener, 'ticket.priority_changed', {
    before: null,
    after,
    impact,
    urgency,
    overridden: false,
    reason: p.reason,
  })
  let answered = false
  for (const s of t.steps) {
    if (s.what === 'took')
      record(s.at, s.who, 'ticket.assigned', { before: null, after: cast.person(s.who), by: 'hand' }, false, [
        `user:${cast.person(s.who).id}`,
      ])
    if (s.what === 'moved')
      record(s.at, s.who, 'ticket.team_changed', { before: cast.team(s.from), after: cast.team(s.to) })
    if (s.what === 'replied' || s.what === 'noted') {
      const messageId = newId()
      const { kind, id, name } = cast.actor(s.who)
      const isPublic = s.what === 'replied'
      messages.push({
        id: messageId,
        ticket_id: t.id,
        kind: isPublic ? 'public' : 'internal',
        via: isPublic && s.byRequester ? 'portal' : 'desk',
        author_kind: kind,
        author_id: id,
        author_name: name,
        body: s.body,
        at: time(s.at),
      })
      if (s.what === 'noted') record(s.at, s.who, 'ticket.noted', { messageId, body: s.body })
      else {
        record(
          s.at,
          s.who,
          'ticket.replied',
          { messageId, body: s.body, byRequester: s.byRequester, firstResponse: !answered && !s.byRequester },
          true,
        )
        answered ||= !s.byRequester
      }
    }
    if (s.what === 'pended') record(s.at, s.who, 'ticket.pended', { reason: 'user', until: null }, true)
    if (s.what === 'resumed') record(s.at, s.who, 'ticket.resumed', { by: 'reply' }, true)
    const item = s.what === 'used' ? known.get(s.known) : undefined
    if (item) {
      const { version: _, ...named } = item
      record(s.at, s.who, 'ticket.knowledge_used', { item: named, relation: 'used' }, false, [`knowledge:${item.id}`])
    }
    if (s.what === 'resolved') record(s.at, s.who, 'ticket.resolved', { resolution: s.resolution }, true, milestone)
    if (s.what === 'closed') record(s.at, s.who, 'ticket.closed', { afterDays: 5 }, true)
  }
  return { events, messages }
}
