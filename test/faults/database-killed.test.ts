import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { until } from '../harness/patience.ts'
import { nothingWasHarmed, pageMarta, setTheStage } from '../harness/stage.ts'

/** The real program on real time with its own PostgreSQL, which is killed under it. */

const leftovers: (() => unknown)[] = []
afterEach(async () => {
  for (const remove of leftovers.splice(0).reverse()) await remove()
})

describe('the embedded PostgreSQL', () => {
  it('killed three times under the program: it is started again each time, and nothing accepted is lost', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'wf-away-'))
    leftovers.push(() => rmSync(folder, { recursive: true, force: true }))
    const stage = await setTheStage({ DATA_DIR: folder })
    leftovers.push(stage.close)
    const { server, tool, mail } = stage
    await mail.behave({ delayMs: 300 })
    await pageMarta(stage)
    const stopSending = tool.keepSending(10)
    for (let i = 0; i < 3; i++) {
      await pause(700)
      process.kill(
        Number(readFileSync(join(folder, 'postgres/cluster/postmaster.pid'), 'utf8').split('\n')[0]),
        'SIGKILL',
      )
      const before = tool.accepted.length
      await until('signals are taken again', async () => tool.accepted.length > before + 10)
    }
    await stopSending()
    expect(tool.accepted.length).toBeGreaterThan(30)
    expect(new Set(tool.refused.map((r) => `${r.status} ${r.retryAfter}`))).toEqual(new Set(['503 5']))
    expect(server.output()).toMatch(
      /The embedded PostgreSQL stopped by itself: it was ended by SIGKILL\. Starting it again/,
    )
    await nothingWasHarmed(stage)
  }, 60_000)
})
