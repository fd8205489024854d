import { type ExpressionBuilder, sql } from 'kysely'
import { z } from 'zod'
import { type ListMonitorsInput, listMonitorsInput } from '../../../contract/monitors/inputs.ts'
import { stripCells } from '../../../contract/monitors/shapes.ts'
import { plusSeconds } from '../../platform/clock.ts'
import type { ReadContext } from '../../platform/context.ts'
import { readCursor, toPage } from '../../platform/db/keyset.ts'
import { containing } from '../../platform/db/like.ts'
import { query } from '../../platform/query.ts'
import { checkForms } from './kinds.ts'
import { type MonitorRecord, selectMonitors, showRow } from './rows.ts'
import { timeInStates, worst } from './time-in-states.ts'

const DAY = 86_400

export const listKinds = query('monitor.kinds', {
  permission: 'monitor.read',
  input: z.object({}),
  async run(ctx) {
    // The same for everybody; there is no row to choose.
    void ctx.scope
    return { items: checkForms() }
  },
})

/** Monitors of a view, the worst first, each with its last 24 hours. */
export const listMonitors = query('monitor.list', {
  permission: 'monitor.read',
  input: listMonitorsInput,
  async run(ctx, input) {
    const page = toPage(await pageOf(ctx, input).execute(), input.limit, (r) => [r.rank, r.sort, r.id])
    const stripTo = ctx.now()
    const stripFrom = plusSeconds(stripTo, -DAY)
    const strips = await stripsOf(ctx, page.items, stripFrom.epochMilliseconds)
    const items = page.items.map((r) => ({ ...showRow(r), strip: strips.get(r.id) ?? [] }))
    return { items, next: page.next, stripFrom, stripTo }
  },
})

const place = z.tuple([z.number().int(), z.string(), z.uuid()])

const pageOf = (ctx: ReadContext, input: ListMonitorsInput) => {
  const after = input.cursor ? readCursor(input.cursor, place) : null
  return ctx.db
    .selectFrom(filtered(ctx, input).as('page'))
    .selectAll()
    .where((eb) => eb.and([...(input.state ? [eb('status', '=', input.state)] : []), ...inView(eb, input.view)]))
    .$if(after !== null, (q) =>
      q.where(sql<boolean>`(rank, sort, id) > (${after?.[0]}::int, ${after?.[1]}, ${after?.[2]}::uuid)`),
    )
    .orderBy('rank')
    .orderBy('sort')
    .orderBy('id')
    .limit(input.limit + 1)
}

const inView = (eb: ExpressionBuilder<{ page: MonitorRecord }, 'page'>, view: ListMonitorsInput['view']) => {
  if (view === 'trouble') return [eb('status', 'in', ['down', 'degraded', 'unknown'])]
  return view === 'paused' ? [eb('status', '=', 'paused')] : []
}

const filtered = (ctx: ReadContext, f: ListMonitorsInput) => {
  let q = selectMonitors(ctx.db, ctx.now())
  // What a signed link may read is named in it, and no monitor ever is.
  if (ctx.scope.rows !== 'all') q = q.where(sql<boolean>`false`)
  if (f.kind) q = q.where('m.kind', '=', f.kind)
  if (f.serviceId) q = q.where('m.service_id', '=', f.serviceId)
  if (f.teamId) q = q.where('m.team_id', '=', f.teamId)
  if (f.environment) q = q.where('m.environment', '=', f.environment)
  const { q: words } = f
  if (words)
    q = q.where((eb) => eb.or([eb('m.name', 'ilike', containing(words)), eb('m.address', 'ilike', containing(words))]))
  return q
}

const stripsOf = async (ctx: ReadContext, rows: MonitorRecord[], from: number) => {
  const cell = (DAY * 1000) / stripCells
  const windows = rows.flatMap(({ id }) =>
    Array.from({ length: stripCells }, (_, n) => ({ id, from: from + n * cell, to: from + (n + 1) * cell })),
  )
  const times = await timeInStates(ctx.db, windows, ctx.now())
  const strips = new Map<string, ReturnType<typeof worst>[]>()
  for (const [i, { id }] of windows.entries()) strips.set(id, [...(strips.get(id) ?? []), worst(times[i])])
  return strips
}

const CAP = 1_001

/** How many monitors are in which state, for the side bar and the views; each is cut at 1,001. */
export const countMonitors = query('monitor.counts', {
  permission: 'monitor.read',
  input: z.object({}),
  async run(ctx) {
    const all = filtered(ctx, listMonitorsInput.parse({}))
    const { rows } = await sql<{ status: string; n: number }>`
      select status, count(*) as n from ${all.as('all_monitors')} group by status`.execute(ctx.db)
    const of = (...states: string[]) =>
      Math.min(
        CAP,
        rows.filter((r) => states.includes(r.status)).reduce((sum, r) => sum + r.n, 0),
      )
    return {
      all: of('down', 'degraded', 'unknown', 'up', 'paused'),
      trouble: of('down', 'degraded', 'unknown'),
      down: of('down'),
      degraded: of('degraded'),
      unknown: of('unknown'),
      paused: of('paused'),
    }
  },
})
