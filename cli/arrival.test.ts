import { appendFileSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, expect, it } from 'vitest'
import { arrivalOf } from './arrival.ts'

const folder = mkdtempSync(join(tmpdir(), 'wf-arrival-'))
afterAll(() => rmSync(folder, { recursive: true }))
const at = (name: string) => join(folder, name)
const usual = { settledMs: 100, newerMs: null, minBytes: 1 }
const soon = (path: string, more: Partial<Parameters<typeof arrivalOf>[0]> = {}) =>
  Promise.race([arrivalOf({ path, ...usual, ...more }), pause(300, 'not yet')])

it('a file counts once it is there, is not empty, and is written no more', async () => {
  const file = at('prices.csv')
  expect(await soon(file)).toBe('not yet')
  writeFileSync(file, '')
  expect(await soon(file)).toBe('not yet')
  const waits = arrivalOf({ path: file, ...usual })
  let written = 0
  for (let n = 0; n < 8; n++) {
    appendFileSync(file, `${n}\n`)
    written = performance.now()
    await pause(40)
  }
  expect(await waits).toBe(file)
  expect(performance.now() - written).toBeGreaterThan(95)
  expect(await soon(file, { minBytes: 17 })).toBe('not yet')
})

it('that of yesterday is none, and of several the newest is it', async () => {
  const [old, fresh] = [at('trades-1.csv'), at('trades-2.csv')]
  writeFileSync(old, 'old')
  const yesterday = Date.now() / 1000 - 86_400
  utimesSync(old, yesterday, yesterday)
  expect(await soon(at('trades-*.csv'), { newerMs: 3_600_000 })).toBe('not yet')
  expect(await soon(at('trades-*.csv'))).toBe(old)
  writeFileSync(fresh, 'new')
  expect(await soon(at('trades-*.csv'), { newerMs: 3_600_000 })).toBe(fresh)
  expect(await soon(at('nothing-*.csv'))).toBe('not yet')
})
