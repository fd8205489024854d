import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { readSchedule } from '../server/features/jobs/schedule/schedule.ts'
import { startCron } from './harness/cron.ts'

/** Debian's cron itself on the nights on which the clock is changed, 900 times as fast, beside what we expect of it. */

const RATE = 900
const MINUTE = 60_000
/** Where this machine is slow, cron comes late by its own clock. */
const TOLERATED = 20 * MINUTE
const zone = 'Europe/Berlin'
const fixed = ['30 2 * * *', '15 3 * * *', '10 2 * * *', '30 2-3 * * *', '59 2 29,25 3,10 *', '0 3 * * 1']
const each = ['*/30 * * * *', '0 * * * *', '*/7 2 * * *']

it.concurrent.each([
  ['forward', '2026-03-29 01:28:00', '2026-03-29T00:28:00Z', 80],
  ['back', '2026-10-25 01:28:00', '2026-10-24T23:28:00Z', 190],
])(
  'put %s: what has a fixed time comes as often, and when we say; what comes all the time goes on',
  async (_way, wall, instant, minutes) => {
    const folder = mkdtempSync(join(tmpdir(), 'wf-cron-'))
    const out = join(folder, 'ran')
    const lines = [...fixed, ...each].map((line, n) => `${line} echo ${n} $(date +\\%s\\%3N) >> ${out}`).join('\n')
    const began = Date.now()
    const stop = await startCron(lines, { clock: `${wall} x${RATE}`, zone })
    try {
      // Until a quarter to four, and a little longer, for cron may be late.
      await pause(((minutes + 25) * MINUTE) / RATE)
    } finally {
      await stop()
    }
    const from = Temporal.Instant.from(instant).epochMilliseconds
    const to = from + minutes * MINUTE
    const ran = readFileSync(out, 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.split(' ').map(Number) as [number, number])
      .map(([n, at]) => ({ n, at: from + (at - began) * RATE }))
      // What is due at the end may be late; nothing with a fixed time is due soon after it.
      .filter(({ at }) => at < to + TOLERATED)
    rmSync(folder, { recursive: true })
    const expected = (expression: string) => {
      const next = readSchedule({ kind: 'cron', expression, zone })
      const times: number[] = []
      for (let ms = next(from); ms !== null && ms < to; ms = next(ms)) times.push(ms)
      return times
    }
    for (const [n, line] of fixed.entries()) {
      const [times, found] = [expected(line), ran.filter((r) => r.n === n).map(({ at }) => at)]
      expect([line, found.length]).toEqual([line, times.length])
      for (const [i, at] of found.entries()) expect(Math.abs(at - (times[i] ?? 0)), line).toBeLessThan(TOLERATED)
    }
    // Of these cron leaves out some where it was not run for minutes of its clock.
    for (const [n, line] of each.entries()) {
      const found = ran.filter((r) => r.n === n + fixed.length && r.at < to).length
      expect(found, line).toBeLessThanOrEqual(expected(line).length)
      expect(found, line).toBeGreaterThanOrEqual(Math.ceil(expected(line).length / 2))
    }
  },
  60_000,
)
