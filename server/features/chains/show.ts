import { sql } from 'kysely'
import { canDeadline } from '../../../contract/chains/can.ts'
import { deadlineIdInput } from '../../../contract/chains/deadline.ts'
import type { Instant } from '../../platform/clock.ts'
import type { ReadContext } from '../../platform/context.ts'
import { notFound } from '../../platform/errors.ts'
import { query } from '../../platform/query.ts'
import { datesOf } from './dates.ts'
import {
  loadDeadlines,
  type NightRecord,
  nightColumns,
  selectDeadlines,
  showDeadlineRow,
  showNightWords,
} from './deadline-rows.ts'
import { nextDueOf } from './next-due.ts'

const NIGHTS = 30
const NEXT = 5

export const readDeadline = query('deadline.read', {
  permission: 'chain.read',
  input: deadlineIdInput,
  async run(ctx, { id }) {
    if (ctx.scope.rows !== 'all') throw notFound('The deadline')
    return showDeadline(ctx, id)
  },
})

type Shows = Pick<ReadContext, 'db' | 'now'>

/** A deadline as lists show it. */
export const readDeadlineRow = async ({ db, now }: Shows, id: string) => {
  const { rows } = await selectDeadlines(now(), sql`d.id = ${id}`).execute(db)
  const [row] = rows
  if (!row) throw notFound('The deadline')
  return row
}

type Extension = { date: string; dueAt: Instant; reason: string; by: string; at: Instant }

/** A deadline with all that its page shows. */
export const showDeadline = async (ctx: Shows, id: string) => {
  const { db } = ctx
  const row = await readDeadlineRow(ctx, id)
  const extensions = await sql<Extension>`
    select business_date::text as date, due_at as "dueAt", reason, by_name as by, at from chain_extensions
    where deadline_id = ${id} order by business_date desc limit ${NIGHTS}`.execute(db)
  const nights = await sql<NightRecord>`
    select ${nightColumns} from chain_nights n left join jobs c on c.id = n.culprit_id
    where n.deadline_id = ${id} order by n.business_date desc limit ${NIGHTS}`.execute(db)
  const shown = showDeadlineRow(row)
  const facts = { name: row.name, hasJob: row.job_id !== null, held: shown.held !== null }
  return {
    ...shown,
    extensions: extensions.rows,
    nights: nights.rows.flatMap((n) => showNightWords(n) ?? []),
    nextDue: await nextDue(ctx, id, extensions.rows),
    can: {
      change: canDeadline.change(facts),
      extend: canDeadline.extend(facts),
      hold: canDeadline.hold(facts),
      release: canDeadline.release(facts),
    },
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}

const nextDue = async ({ db, now }: Shows, id: string, extensions: readonly Extension[]) => {
  const [deadline] = await loadDeadlines(db, [id])
  const from = now().epochMilliseconds
  return deadline ? nextDueOf(deadline, await datesOf(db, deadline), { extensions, from, most: NEXT }) : []
}
