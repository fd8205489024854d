import { randomUUID } from 'node:crypto'
import type { House } from '../../server/platform/house.ts'

/** Past runs of a job, as pings that told their start and end: one a business day, the last of them the day before. */
export const pastRuns = async (
  { platform }: Pick<House, 'platform'>,
  jobId: string,
  /** When it began each day, and how many minutes it took, the newest first. */
  { at, minutes, days = [1, 2, 3, 4, 5, 6, 7] }: { at: string; minutes: readonly number[]; days?: readonly number[] },
): Promise<void> => {
  const rows = []
  let date = platform.clock.now().toZonedDateTimeISO('UTC').toPlainDate()
  for (const took of minutes) {
    do date = date.subtract({ days: 1 })
    while (!days.includes(date.dayOfWeek))
    const started = date.toZonedDateTime({ timeZone: 'UTC', plainTime: at }).toInstant()
    const ended = started.add({ seconds: Math.round(took * 60) })
    rows.push({
      job_id: jobId,
      at: ended,
      id: randomUUID(),
      kind: 'success',
      happened_at: ended,
      run_id: randomUUID(),
      started_at: started,
      host: 'prdbat01',
    })
  }
  await platform.db.insertInto('pings').values(rows).execute()
}

/** Minutes about a middle, a few of them long: always the same. */
export const about = (middle: number, spread: number, nights = 40): number[] =>
  Array.from({ length: nights }, (_, i) => middle + spread * Math.sin(i * 2.4) * (i % 9 === 4 ? 1.8 : 1))
