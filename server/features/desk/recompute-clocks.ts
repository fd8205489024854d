import { sql } from 'kysely'
import { z } from 'zod'
import { isBefore } from '../../platform/clock.ts'
import type { Context } from '../../platform/context.ts'
import { ref } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { termsReader } from '../sla/index.ts'
import { storedFacts } from './clock-facts.ts'
import { type ClockPlan, type ClockRow, isBreach, nextRing, planClocks } from './clock-plan.ts'
import { storedClocks, writeClocks } from './clock-rows.ts'
import { clocksRecomputed } from './events-clocks.ts'
import { ringAt, termsOf } from './keep-clocks.ts'

const SLICE = 1_000
/** So many go on side by side: while one computes, the database writes what another one has computed. */
const LANES = 4

type Input = {
  serviceId?: string | undefined
  after?: string | undefined
  upto?: string | undefined
  lane?: number | undefined
  quiet?: boolean | undefined
  seen: number
  changed: number
}

const key = ({ serviceId, lane }: Pick<Input, 'serviceId' | 'lane'>) =>
  ['clocks:recompute', serviceId, lane].filter((part) => part !== undefined).join(':')

/**
 * Has the clocks of open tickets computed anew, by slices: of all of them, or of one service's. Asked for again before
 * it is done, it begins again, for what it did so far was computed by what is no longer true.
 */
export const recomputeSoon = (ctx: Context, only: { serviceId?: string } = {}): void =>
  leave(ctx, { ...only, seen: 0, changed: 0 })

/** One slice of it, in the order of ids; leaves the next in the same transaction. What is over is left as it is. */
export const recomputeClocks = verb('ticket.recompute_clocks', {
  permission: 'system',
  input: z.object({
    serviceId: z.uuid().optional(),
    after: z.uuid().optional(),
    upto: z.uuid().optional(),
    lane: z.number().optional(),
    quiet: z.boolean().optional(),
    seen: z.number().default(0),
    changed: z.number().default(0),
  }),
  async run(ctx, input) {
    if (input.lane === undefined && (await leaveToLanes(ctx, input))) return ctx.unchanged(null)
    const tickets = await openTickets(ctx, input)
    const terms = termsReader(ctx.db)
    const stored = Map.groupBy(
      tickets.length === 0
        ? []
        : await storedClocks(
            ctx,
            tickets.map((t) => t.id),
          ),
      (row) => row.ticket_id,
    )
    const moved: { id: string; plan: ClockPlan }[] = []
    for (const ticket of tickets) {
      const plan = planClocks({
        ticket,
        facts: storedFacts(ticket),
        terms: await terms(termsOf(ticket)),
        stored: stored.get(ticket.id) ?? [],
        now: ctx.now(),
      })
      if (plan.changed.length + plan.gone.length > 0)
        moved.push({ id: ticket.id, plan: input.quiet ? hushed(plan, ctx.now()) : plan })
    }
    await keep(ctx, moved)
    const seen = input.seen + tickets.length
    const changed = input.changed + moved.length
    const last = tickets.at(-1)
    if (last && tickets.length === SLICE) {
      leave(ctx, { ...input, after: last.id, seen, changed })
      return ctx.unchanged(null)
    }
    if (seen === 0) return ctx.unchanged(null)
    const subject = input.serviceId ? ref('service', input.serviceId) : 'sla:clocks'
    ctx.record(clocksRecomputed, { subject, data: { seen, changed } })
    return null
  },
})

const leave = (ctx: Context, input: Input) =>
  ctx.due({
    key: key(input),
    at: ctx.now(),
    run: { name: 'ticket.recompute_clocks' },
    input,
    subject: key(input),
    priority: 2,
  })

/** More than one slice is cut into lanes of contiguous ids. Begun again, each lane begins again, by its key. */
const leaveToLanes = async (ctx: Context, input: Input): Promise<boolean> => {
  const { rows } = await sql<{ last: string; n: number }>`
    select (array_agg(id order by id desc))[1] as last, count(*)::int as n
    from (select id, ntile(${LANES}::int) over (order by id) as lane from tickets
      where open and ${input.serviceId ? sql`service_id = ${input.serviceId}` : sql`true`}) t
    group by lane order by lane`.execute(ctx.db)
  if (rows.reduce((sum, r) => sum + r.n, 0) <= SLICE) return false
  // What is opened meanwhile is computed by what is true already; the last lane has no end all the same.
  for (const [lane, { last }] of rows.entries())
    leave(ctx, { ...input, lane, after: rows[lane - 1]?.last, upto: lane < rows.length - 1 ? last : undefined })
  return true
}

const openTickets = (ctx: Context, { after, upto, serviceId }: Input) =>
  ctx.db
    .selectFrom('tickets')
    .select(['id', 'kind', 'environment', 'service_id', 'priority', 'opened_at', 'first_response_at', 'clock_facts'])
    .where(sql<boolean>`open`)
    .$if(after !== undefined, (q) => q.where('id', '>', after as string))
    .$if(upto !== undefined, (q) => q.where('id', '<=', upto as string))
    .$if(serviceId !== undefined, (q) => q.where('service_id', '=', serviceId as string))
    .orderBy('id')
    .limit(SLICE)
    .forUpdate()
    .execute()

const keep = async (ctx: Context, moved: readonly { id: string; plan: ClockPlan }[]) => {
  if (moved.length === 0) return
  await writeClocks(
    ctx,
    moved.map((m) => m.plan),
  )
  const column = <K extends keyof ClockPlan['columns']>(name: K) => moved.map((m) => m.plan.columns[name])
  await sql`
    update tickets t set due_at = v.due_at, due_clock = v.due_clock, breached = v.breached, sla = v.sla
    from unnest(${moved.map((m) => m.id)}::uuid[], ${column('due_at')}::timestamptz[], ${column('due_clock')}::text[],
      ${column('breached')}::boolean[], ${column('sla')}::jsonb[]) as v(id, due_at, due_clock, breached, sla)
    where t.id = v.id`.execute(ctx.db)
  for (const { id, plan } of moved) ringAt(ctx, id, plan.ringAt)
}

/** As told already: the first computing of tickets that were there before must not wake anybody for what is long over. */
const hushed = (plan: ClockPlan, now: Temporal.Instant): ClockPlan => {
  const hush = (row: ClockRow): ClockRow => ({
    ...row,
    warned_at: row.warn_at && !isBefore(now, row.warn_at) ? now : row.warned_at,
    breached_at: isBreach(row.state) ? now : row.breached_at,
  })
  const rows = plan.rows.map(hush)
  return { ...plan, rows, changed: plan.changed.map(hush), ringAt: nextRing(rows) }
}
