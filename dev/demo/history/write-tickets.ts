import { sql } from 'kysely'
import { planClocks } from '../../../server/features/desk/clock-plan.ts'
import { writeClocks } from '../../../server/features/desk/clock-rows.ts'
import { factsToJson, termsReader } from '../../../server/features/sla/index.ts'
import { type DueInput, writeDue } from '../../../server/platform/due.ts'
import type { Platform } from '../../../server/platform/platform.ts'
import { insertEvents, insertRows, type PastEvent, time } from './bulk.ts'
import type { Cast } from './cast.ts'
import {
  factsOfPast,
  type Known,
  type Message,
  messageShape,
  type Numbered,
  priorityOfPast,
  ticketRow,
  ticketShape,
  ticketStory,
} from './ticket-rows.ts'

const instant = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms)

/** Writes tickets with what was said, what happened, their clocks, and what is due for those that are not closed. */
export const writeTickets = async (
  { db }: Platform,
  cast: Cast,
  { tickets, last }: { tickets: readonly Numbered[]; last: Record<string, number> },
  now: number,
  newId: () => string,
): Promise<void> => {
  const terms = termsReader(db)
  const known = await readKnown(db)
  const rows: object[] = []
  const events: PastEvent[] = []
  const messages: Message[] = []
  const plans = []
  const due = new Map<string, DueInput>()
  for (const t of tickets) {
    const p = priorityOfPast(t, cast)
    const row = ticketRow(t, cast, p)
    const facts = factsOfPast(t, p.priority)
    const plan = planClocks({
      ticket: {
        id: t.id,
        first_response_at: row.first_response_at ? Temporal.Instant.from(row.first_response_at) : null,
      },
      facts,
      stored: [],
      now: instant(now),
      terms: await terms({ serviceId: row.service_id, kind: t.kind, environment: t.environment, priority: p.priority }),
    })
    const { due_at, sla, ...columns } = plan.columns
    rows.push({
      ...row,
      ...columns,
      due_at: due_at?.toString() ?? null,
      sla: JSON.parse(sla),
      clock_facts: JSON.parse(factsToJson(facts)),
    })
    plans.push({ changed: plan.changed.map((c) => told(c, now)), gone: [] })
    const story = ticketStory(t, cast, p, known, newId)
    events.push(...story.events)
    messages.push(...story.messages)
    const ref = `ticket:${t.id}`
    if (row.state === 'resolved' && row.resolved_at)
      due.set(`${ref}:close`, {
        key: `${ref}:close`,
        at: Temporal.Instant.from(row.resolved_at).add({ hours: 120 }),
        run: { name: 'ticket.close_by_itself' },
        input: { id: t.id },
        subject: ref,
        priority: 2,
      })
    const ring = row.state === 'closed' || row.state === 'resolved' ? null : nextTold(plan.rows, now)
    if (ring)
      due.set(`${ref}:clocks`, {
        key: `${ref}:clocks`,
        at: ring,
        run: { name: 'ticket.ring_clocks' },
        input: { id: t.id },
        subject: ref,
      })
  }
  await insertRows(db, 'tickets', ticketShape, rows)
  await insertRows(db, 'messages', messageShape, messages)
  for (let i = 0; i < plans.length; i += 500) await writeClocks({ db }, plans.slice(i, i + 500))
  await insertEvents(db, events)
  await writeDue(db, due)
  await writeKnown(db, tickets, known, cast)
  await sql`
    insert into ticket_words (ticket_id, search)
    select id, setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', description), 'B')
    from tickets on conflict do nothing`.execute(db)
  const byAlert = tickets.filter((t) => t.told !== undefined)
  await sql`
    update ticket_words w set told = x.told
    from unnest(${byAlert.map((t) => t.id)}::uuid[], ${byAlert.map((t) => t.told)}::text[]) x(id, told)
    where w.ticket_id = x.id`.execute(db)
  await sql`insert into ticket_search (ticket_id, search) select id, ticket_text(id) from tickets on conflict do nothing`.execute(
    db,
  )
  for (const [kind, n] of Object.entries(last))
    await sql`select setval(${`ticket_numbers_${kind}`}::regclass, ${n})`.execute(db)
}

type Clock = ReturnType<typeof planClocks>['changed'][number]

// Whatever ran out in the past was told in the past.
const told = (c: Clock, now: number): Clock => ({
  ...c,
  warned_at: c.warn_at && c.warn_at.epochMilliseconds < now ? c.warn_at : null,
  breached_at: c.state.startsWith('breached') && c.due_at && c.due_at.epochMilliseconds < now ? c.due_at : null,
})

const nextTold = (rows: readonly Clock[], now: number): Temporal.Instant | null => {
  const times = rows
    .flatMap((r) => (r.ticking ? [r.warn_at, r.due_at] : []))
    .filter((at) => at !== null && at.epochMilliseconds > now)
  return times.toSorted((a, b) => Temporal.Instant.compare(a as Temporal.Instant, b as Temporal.Instant))[0] ?? null
}

const readKnown = async (db: Platform['db']): Promise<Map<string, Known>> => {
  const rows = await db.selectFrom('knowledge_items').select(['id', 'number', 'title', 'kind', 'version']).execute()
  return new Map(rows.map((r) => [r.title, r]))
}

/** Which known errors helped where, and how often each was used. */
const writeKnown = async (
  db: Platform['db'],
  tickets: readonly Numbered[],
  known: ReadonlyMap<string, Known>,
  cast: Cast,
) => {
  const uses = tickets.flatMap((t) =>
    t.steps.flatMap((s) => {
      const item = s.what === 'used' ? known.get(s.known) : undefined
      const helped = t.steps.some((e) => e.what === 'resolved')
        ? t.number.charCodeAt(t.number.length - 1) % 6 !== 0
        : null
      return item
        ? [
            {
              ticket_id: t.id,
              item_id: item.id,
              relation: 'used',
              version: item.version,
              at: time(s.at),
              by: cast.actor(s.who),
              helped,
              subject: `ticket:${t.id}`,
            },
          ]
        : []
    }),
  )
  await insertRows(
    db,
    'ticket_knowledge',
    'ticket_id uuid, item_id uuid, relation text, version int4, at timestamptz, by jsonb, helped bool',
    uses,
  )
  await insertRows(db, 'knowledge_uses', 'item_id uuid, subject text, at timestamptz, helped bool', uses)
  await sql`
    update knowledge_items i set uses = u.uses, helped = u.helped, not_helped = u.bad, last_used_at = u.last
    from (select item_id, count(*)::int as uses, (count(*) filter (where helped))::int as helped,
      (count(*) filter (where not helped))::int as bad, max(at) as last from knowledge_uses group by 1) u
    where u.item_id = i.id`.execute(db)
}
