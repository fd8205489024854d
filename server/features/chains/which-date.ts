import type { Db } from '../../platform/db/pool.ts'
import { cutsNow } from '../jobs/index.ts'
import { businessDateOf, datingOf, plusDays } from './business-date.ts'
import { datesOf } from './dates.ts'
import type { Deadline } from './deadline-rows.ts'
import { readNights } from './night-row.ts'

const BACK_DAYS = 16

/** The business date of a deadline that one means by now: one that goes on, else the last on which it held. */
export const dateOfNow = async (db: Db, deadline: Deadline, now: number): Promise<string> => {
  const today = businessDateOf(now, datingOf(deadline))
  const open = (await readNights(db, deadline.id, plusDays(today, -BACK_DAYS))).find((n) => !n.settled)
  if (open) return open.date
  const dates = await datesOf(db, deadline)
  for (let back = 0; back < BACK_DAYS; back++) {
    const date = plusDays(today, -back)
    if (dates.on(date)) return date
  }
  return today
}

/** The business date of an instant (epoch milliseconds) in a zone. */
export const businessDateIn = async (db: Db, zone: string, now: number): Promise<string> =>
  businessDateOf(now, { zone, cut: (await cutsNow(db))(zone) })
