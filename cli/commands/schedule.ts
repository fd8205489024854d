import type { Client } from '../client.ts'
import { everyWords, table } from '../table.ts'

/** Everything periodic, on one page. */
export const showSchedule = async (client: Client, { json }: { json: boolean }): Promise<string> => {
  const { items } = await client.system.schedule()
  if (json) return JSON.stringify(items, null, 2)
  return table(
    ['EVERY', 'NEXT (UTC)', 'KEY', 'WHAT'],
    items.map((i) => [
      everyWords(i.every),
      i.nextAt?.slice(0, 19).replace('T', ' ') ?? '–',
      i.key,
      i.lastError ? `${i.what} — FAILING: ${i.lastError}` : i.what,
    ]),
  )
}
