import { sql } from 'kysely'
import type { Instant } from '../../platform/clock.ts'
import type { ReadContext } from '../../platform/context.ts'
import { businessDateOf, datingOf, dueOn, plusDays } from './business-date.ts'
import { type Dates, datesByCalendar } from './dates.ts'
import { type Deadline, loadDeadlines } from './deadline-rows.ts'

const MOST_DAYS_AHEAD = 60

export type NextDue = { date: string; dueAt: Instant }
type Extension = { date: string; dueAt: Instant }

/** The next times by which it must be done; of one that counts from a start nobody knows them before. */
export const nextDueOf = (
  deadline: Deadline,
  holds: Dates,
  { extensions, from, most }: { extensions: readonly Extension[]; from: number; most: number },
): NextDue[] => {
  if (deadline.due.kind === 'in') return []
  const found: NextDue[] = []
  let date = plusDays(businessDateOf(from, datingOf(deadline)), -deadline.due.days)
  for (let day = 0; day < MOST_DAYS_AHEAD && found.length < most; day++, date = plusDays(date, 1)) {
    const other = extensions.find((e) => e.date === date)?.dueAt
    const at = other ?? Temporal.Instant.fromEpochMilliseconds(dueOn(date, deadline) ?? from)
    if (at.epochMilliseconds > from && holds.on(date)) found.push({ date, dueAt: at })
  }
  return found
}

/** When each of these deadlines is due next. */
export const nextDueOfEach = async (
  { db, now }: Pick<ReadContext, 'db' | 'now'>,
  ids: readonly string[],
): Promise<Map<string, Instant>> => {
  if (ids.length === 0) return new Map()
  const deadlines = await loadDeadlines(db, ids)
  const { rows } = await sql<Extension & { id: string }>`
    select deadline_id as id, business_date::text as date, due_at as "dueAt" from chain_extensions
    where deadline_id = any(${[...ids]}::uuid[]) and due_at > ${now()}`.execute(db)
  const extensions = Map.groupBy(rows, ({ id }) => id)
  const datesFor = datesByCalendar(db)
  const found = new Map<string, Instant>()
  for (const d of deadlines) {
    const asked = { extensions: extensions.get(d.id) ?? [], from: now().epochMilliseconds, most: 1 }
    const [next] = nextDueOf(d, await datesFor(d), asked)
    if (next) found.set(d.id, next.dueAt)
  }
  return found
}
