import type { Due } from '../../../contract/chains/deadline.ts'
import { parseClock, parseWall, startAtWall } from '../../platform/wall-clock.ts'
import { boundsOf, type Dating } from '../jobs/index.ts'

export { boundsOf, businessDateOf, type Dating } from '../jobs/index.ts'

/** What decides when a deadline is due. */
export type Dued = { due: Due; cut: string | null; zoneCut: string }

export const datingOf = ({ due, cut, zoneCut }: Dued): Dating => ({ zone: due.zone, cut: cut ?? zoneCut })

const DAY = 86_400_000
/** As a wall value. */
const midnightOf = (date: string): number => parseWall(date) ?? Number.NaN

/**
 * The instant by which it must be done on a date; null for one that counts from a start. A time before the cut on the date
 * itself would be over before the date begins: then that of the morning after is meant.
 */
export const dueOn = (date: string, deadline: Dued): number | null => {
  const { due } = deadline
  if (due.kind === 'in') return null
  const onDay = (days: number) => startAtWall(due.zone, midnightOf(date) + days * DAY + (parseClock(due.time) ?? 0))
  const at = onDay(due.days)
  return at > boundsOf(date, datingOf(deadline)).from ? at : onDay(due.days + 1)
}

export const plusDays = (date: string, days: number): string => Temporal.PlainDate.from(date).add({ days }).toString()

/** 1 Monday to 7 Sunday. */
export const weekdayOfDate = (date: string): number => Temporal.PlainDate.from(date).dayOfWeek
