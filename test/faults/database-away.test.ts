import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { until } from '../harness/patience.ts'
import { nothingWasHarmed, pageMarta, setTheStage, stateOf } from '../harness/stage.ts'
import { startSystemPostgres } from '../harness/system-postgres.ts'

/** The real program on real time, on a PostgreSQL of the system that goes away and comes back. */

const leftovers: (() => unknown)[] = []
afterEach(async () => {
  for (const remove of leftovers.splice(0).reverse()) await remove()
})

describe('a PostgreSQL by DATABASE_URL', () => {
  it('away for 25 s: told to whoever asks, no monitor goes down, the gap is unobserved, nothing accepted is lost', async () => {
    const database = await startSystemPostgres()
    leftovers.push(database.stop)
    const stage = await setTheStage({ DATABASE_URL: database.url })
    leftovers.push(stage.close)
    const { server, tool, mail, asMarta, monitor } = stage
    await mail.behave({ delayMs: 500 })
    await pageMarta(stage)
    const stopSending = tool.keepSending(20)
    await pause(500)
    await database.kill()
    const away = performance.now()
    await until('signals are refused', async () => tool.refused.length > 10)
    expect(new Set(tool.refused.map((r) => `${r.status} ${r.retryAfter} ${r.detail}`))).toEqual(
      new Set(['503 5 The database is away for the moment. Nothing was done; try again in a few seconds.']),
    )
    for (const path of ['/me', '/health', '/alerts']) {
      const answer = await asMarta(path)
      expect(answer.status).toBe(503)
      expect(answer.headers.get('retry-after')).toBe('5')
      expect(await answer.json()).toMatchObject({ code: 'unavailable' })
    }
    expect((await fetch(`${server.url}/readyz`)).status).toBe(503)
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
    await pause(Math.max(0, 25_000 - (performance.now() - away)))
    expect(server.child.exitCode).toBeNull()

    await database.revive()
    const before = tool.accepted.length
    await until('signals are taken again', async () => tool.accepted.length > before + 10)
    await stopSending()
    await until('it is looked at again', async () => (await stateOf(stage)) === 'up')
    await nothingWasHarmed(stage)
    const days = (await server.api('GET', `/monitors/${monitor}/days`)).body as {
      allHours: { unobservedMs: number; downMs: number }
    }
    // Looks of the first seconds waited in memory; when the lease had run out nobody looked.
    expect(days.allHours.unobservedMs).toBeGreaterThan(8_000)
    expect(days.allHours.downMs).toBe(0)
  }, 120_000)
})
