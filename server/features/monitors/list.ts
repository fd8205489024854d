import { sql } from 'kysely'
import { z } from 'zod'
import { type ListMonitorsInput, listMonitorsInput } from '../../../contract/monitors/inputs.ts'
import { stripCells } from '../../../contract/monitors/shapes.ts'
import { type MonitorStatus, monitorStatuses } from '../../../contract/monitors/words.ts'
import { plusSeconds } from '../../platform/clock.ts'
import type { ReadContext } from '../../platform/context.ts'
import { readCursor, toPage } from '../../platform/db/keyset.ts'
import { containing } from '../../platform/db/like.ts'
import { query } from '../../platform/query.ts'
import { checkForms } from './kinds.ts'
import { selectMonitors, showRow, statusAt } from './rows.ts'
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
    const page = toPage(await placesOf(ctx, input).execute(), input.limit, (r) => [r.rank, r.sort, r.id])
    const ids = page.items.map((r) => r.id)
    const rows = ids.length === 0 ? [] : await selectMonitors(ctx.db, ctx.now()).where('m.id', 'in', ids).execute()
    const byId = new Map(rows.map((r) => [r.id, r]))
    const stripTo = ctx.now()
    const stripFrom = plusSeconds(stripTo, -DAY)
    const strips = await stripsOf(ctx, ids, stripFrom.epochMilliseconds)
    const items = ids.flatMap((id) => {
      const row = byId.get(id)
      return row ? [{ ...showRow(row), strip: strips.get(id) ?? [] }] : []
    })
    return { items, next: page.next, stripFrom, stripTo }
  },
})

const place = z.tuple([z.number().int(), z.string(), z.uuid()])

/** Where each monitor stands in the list: little of each, since all of them are sorted. */
const placesOf = (ctx: ReadContext, input: ListMonitorsInput) => {
  const after = input.cursor ? readCursor(input.cursor, place) : null
  const statuses = shownIn[input.view].filter((s) => input.state === undefined || s === input.state)
  const ranks = statuses.map((s) => monitorStatuses.indexOf(s) + 1)
  return ctx.db
    .selectFrom(filtered(ctx, input).as('places'))
    .selectAll()
    .where(sql<boolean>`rank = any(${ranks}::int[])`)
    .$if(after !== null, (q) =>
      q.where(sql<boolean>`(rank, sort, id) > (${after?.[0]}::int, ${after?.[1]}, ${after?.[2]}::uuid)`),
    )
    .orderBy('rank')
    .orderBy('sort')
    .orderBy('id')
    .limit(input.limit + 1)
}

const shownIn: Record<ListMonitorsInput['view'], readonly MonitorStatus[]> = {
  all: monitorStatuses,
  trouble: ['down', 'degraded', 'unknown'],
  paused: ['paused'],
}

const filtered = (ctx: ReadContext, f: ListMonitorsInput) => {
  const rank = sql<number>`array_position(${[...monitorStatuses]}::text[], ${statusAt(ctx.now())})`
  let q = ctx.db
    .selectFrom('monitors as m')
    .innerJoin('monitor_states as s', 's.monitor_id', 'm.id')
    .select(['m.id', sql<string>`lower(m.name)`.as('sort'), rank.as('rank')])
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

const stripsOf = async (ctx: ReadContext, ids: string[], from: number) => {
  const cell = (DAY * 1000) / stripCells
  const windows = ids.flatMap((id) =>
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
    const { rows } = await sql<{ rank: number; n: number }>`
      select rank, count(*) as n from ${all.as('places')} group by rank`.execute(ctx.db)
    const of = (...states: MonitorStatus[]) =>
      Math.min(
        CAP,
        rows.filter((r) => states.includes(monitorStatuses[r.rank - 1] ?? 'up')).reduce((sum, r) => sum + r.n, 0),
      )
    return {
      all: of(...shownIn.all),
      trouble: of(...shownIn.trouble),
      down: of('down'),
      degraded: of('degraded'),
      unknown: of('unknown'),
      paused: of(...shownIn.paused),
    }
  },
})
