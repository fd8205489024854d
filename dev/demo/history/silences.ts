import type { Platform } from '../../../server/platform/platform.ts'
import { insertRows, time } from './bulk.ts'
import type { Cast } from './cast.ts'
import { DAY, HOUR } from './hours.ts'

const silences = [
  { by: 'ana', daysAgo: 61, hours: 6, on: 'algo-trading', reason: 'Release of Saturday' },
  { by: 'viktor', daysAgo: 47, hours: 10, on: 'compute-grid', reason: 'New racks are put in, nodes come and go' },
  { by: 'dan', daysAgo: 33, hours: 3, on: 'us-settlement', reason: 'DTC tests its second site' },
  { by: 'jonas', daysAgo: 20, hours: 8, on: 'reference-data', reason: 'Statistics of all databases are made anew' },
  {
    by: 'priya',
    daysAgo: 12,
    hours: 2,
    on: 'volatility-surfaces',
    reason: 'Known, KE is linked; the fix comes tonight',
  },
  { by: 'viktor', daysAgo: 5, hours: 4, on: 'swift-gateway', reason: 'Second line is tested with the network' },
  { by: 'zoe', daysAgo: 0.3, hours: 40, on: 'surveillance', reason: 'Index of the queue is built anew until Monday' },
] as const

/** What was held back, and by whom; the last one still is. */
export const writeSilences = async ({ db }: Platform, cast: Cast, now: number, newId: () => string): Promise<void> => {
  const rows = silences.map(({ by, daysAgo, hours, on, reason }) => {
    const from = now - daysAgo * DAY
    return {
      id: newId(),
      matchers: [{ field: 'service', op: 'is', value: on }],
      starts_at: time(from),
      ends_at: time(from + hours * HOUR),
      reason,
      created_by: cast.actor(by),
      created_at: time(from),
    }
  })
  const shape =
    'id uuid, matchers jsonb, starts_at timestamptz, ends_at timestamptz, reason text, created_by jsonb, created_at timestamptz'
  await insertRows(db, 'silences', shape, rows)
}
