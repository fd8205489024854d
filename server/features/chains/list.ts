import { sql } from 'kysely'
import { z } from 'zod'
import { type ListDeadlinesInput, listDeadlinesInput } from '../../../contract/chains/deadline.ts'
import { type NightState, nightStates } from '../../../contract/chains/words.ts'
import { readCursor, toPage } from '../../platform/db/keyset.ts'
import { containing } from '../../platform/db/like.ts'
import { query } from '../../platform/query.ts'
import {
  type DeadlinePlace,
  type DeadlineRecord,
  placesOfDeadlines,
  selectDeadlines,
  showDeadlineRow,
} from './deadline-rows.ts'
import { hangingOn } from './deadlines-on.ts'
import { nextDueOfEach } from './next-due.ts'
import { servicesSeen } from './seen.ts'

const trouble: readonly NightState[] = ['late', 'blocked', 'predicted_late', 'at_risk', 'unknown']
const ranksOf = (states: readonly NightState[]) => states.map((s) => nightStates.indexOf(s) + 1)
const place = z.tuple([z.number().int(), z.string(), z.uuid()])

type Filter = Pick<ListDeadlinesInput, 'teamId' | 'serviceId' | 'jobId' | 'q'>

/** `among`: these alone; null: all. `services`: those that hurt these. */
const filterOf = (f: Filter, among: readonly string[] | null, services: readonly string[] | null) => {
  const words = f.q ? containing(f.q) : null
  return sql.join(
    [
      sql`true`,
      ...(f.teamId ? [sql`d.team_id = ${f.teamId}`] : []),
      ...(f.serviceId ? [sql`d.service_id = ${f.serviceId}`] : []),
      ...(f.jobId ? [sql`d.job_id = ${f.jobId}`] : []),
      ...(among ? [sql`d.id = any(${[...among]}::uuid[])`] : []),
      ...(services ? [sql`d.service_id = any(${[...services]}::uuid[])`] : []),
      ...(words ? [sql`(d.name ilike ${words} or d.slug ilike ${words} or j.name ilike ${words})`] : []),
    ],
    sql` and `,
  )
}

const viewOf = (view: ListDeadlinesInput['view']) => {
  if (view === 'held') return sql`held`
  return view === 'trouble' ? sql`rank = any(${ranksOf(trouble)}::int[])` : sql`true`
}

const ofState = (state: NightState | undefined) => (state ? sql`and rank = ${nightStates.indexOf(state) + 1}` : sql``)

/** As the business reads it: how it stands and what it costs; who is to do what, and why alarms wait, is of the desk. */
const forBusiness = (r: DeadlineRecord): ReturnType<typeof showDeadlineRow> => {
  const row = showDeadlineRow(r)
  return { ...row, held: null, night: row.night && { ...row.night, culprit: null } }
}

/** Deadlines of a view, what needs somebody first, then by name. */
export const listDeadlines = query('deadline.list', {
  permission: 'chain.read',
  input: listDeadlinesInput,
  async run(ctx, input) {
    const services = await servicesSeen(ctx)
    const { hangsOn } = input
    const among = hangsOn ? ((await hangingOn(ctx.db, [hangsOn])).get(hangsOn) ?? []) : null
    const after = input.cursor ? readCursor(input.cursor, place) : null
    const beyond = after ? sql`and (rank, sort, id) > (${after[0]}::int, ${after[1]}, ${after[2]}::uuid)` : sql``
    const { rows } = await sql<DeadlinePlace>`
      select * from (${placesOfDeadlines(ctx.now(), filterOf(input, among, services))}) x where ${viewOf(input.view)} ${ofState(input.state)} ${beyond}
      order by rank, sort, id limit ${input.limit + 1}`.execute(ctx.db)
    const shown = services ? forBusiness : showDeadlineRow
    const page = toPage(rows, input.limit, (r) => [r.rank, r.sort, r.id])
    const ids = page.items.map(({ id }) => id)
    const found = await selectDeadlines(ctx.now(), sql`d.id = any(${ids}::uuid[])`).execute(ctx.db)
    const unseen = found.rows.filter((r) => r.business_date === null && r.job_id !== null).map(({ id }) => id)
    const next = await nextDueOfEach(ctx, unseen)
    const byId = new Map(found.rows.map((r) => [r.id, { ...shown(r), nextAt: next.get(r.id) ?? null }]))
    return { items: ids.flatMap((id) => byId.get(id) ?? []), next: page.next }
  },
})

const CAP = 1_001

/** How many deadlines are in which state, for the side bar and the views; each is cut at 1,001. */
export const countDeadlines = query('deadline.counts', {
  permission: 'chain.read',
  input: z.object({}),
  async run(ctx) {
    const services = await servicesSeen(ctx)
    const { rows } = await sql<{ rank: number; held: boolean; n: number }>`
      select rank, held, count(*)::int as n
      from (${placesOfDeadlines(ctx.now(), filterOf({}, null, services))}) x group by 1, 2`.execute(ctx.db)
    const sum = (of: (r: (typeof rows)[number]) => boolean) =>
      Math.min(
        CAP,
        rows.filter(of).reduce((total, r) => total + r.n, 0),
      )
    const inStates = (...states: NightState[]) => sum((r) => ranksOf(states).includes(r.rank))
    return {
      all: sum(() => true),
      trouble: inStates(...trouble),
      late: inStates('late'),
      atRisk: inStates('blocked', 'predicted_late', 'at_risk'),
      held: sum((r) => r.held),
    }
  },
})
