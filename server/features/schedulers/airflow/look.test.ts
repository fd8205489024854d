import { expect, it } from 'vitest'
import type { Asked } from '../ask.ts'
import { lookAtAirflow } from './look.ts'

/** How a look goes on from the one before. Its Airflow has so many rows in each minute, and shows none of them. */

const now = Date.UTC(2026, 10, 23, 22)
const minute = 60_000

const look = async (at: number, rowsInMinute: number) => {
  const asked: { from: number; to: number }[] = []
  const ask = async (path: string, _?: Asked) => {
    const query = new URL(path, 'http://airflow').searchParams
    const span = ['updated_at_gte', 'updated_at_lte'].map((name) => Date.parse(query.get(name) ?? ''))
    const [from, to] = [span[0] ?? 0, Number.isNaN(span[1]) ? now : (span[1] ?? now)]
    if (path.includes('/dagRuns?')) asked.push({ from, to })
    const total_entries =
      path.includes('limit=1&') || path.endsWith('limit=1') ? Math.ceil(((to - from) / minute) * rowsInMinute) : 0
    const json = path.endsWith('/version')
      ? { version: '3.1.2' }
      : { dag_runs: [], task_instances: [], dags: [], total_entries }
    return { status: 200, json, lines: () => [], date: now }
  }
  const looked = await lookAtAirflow({ config: { token: 'x' }, cursor: { at, namesAt: now }, ask, now, readAt: at })
  return { ...looked, at: (looked.cursor as { at: number }).at, asked: asked[0] ?? { from: 0, to: 0 } }
}

it.each([1, 900, 9_000, 25_000, 1_000_000])(
  'of %i rows in each minute comes to an end, and leaves nothing out',
  async (rows) => {
    let at = now - 60 * minute
    for (let looks = 0; looks < 100; looks++) {
      const seen = await look(at, rows)
      expect(seen.asked.from).toBe(at)
      expect(seen.at).toBeGreaterThan(at)
      expect(seen.at).toBeLessThanOrEqual(seen.asked.to)
      at = seen.at
      if (!seen.more) break
    }
    expect(at).toBe(now - 2 * minute)
  },
)

it('whose clock was hours ahead, and is put right, reads all that was written since', async () => {
  const { asked } = await look(now + 180 * minute, 1)
  expect(asked).toEqual({ from: now - 2 * minute, to: now })
})
