import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
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

it('that of before is none, and of several the newest is it', async () => {
  const [old, fresh] = [at('trades-1.csv'), at('trades-2.csv')]
  writeFileSync(old, 'old')
  const yesterday = Date.now() / 1000 - 86_400
  utimesSync(old, yesterday, yesterday)
  // What keeps the time of its sender has come today all the same.
  expect(await soon(at('trades-*.csv'), { newerMs: 3_600_000 })).toBe(old)
  await pause(150)
  expect(await soon(at('trades-*.csv'), { newerMs: 100 })).toBe('not yet')
  writeFileSync(fresh, 'new')
  expect(await soon(at('trades-*.csv'), { newerMs: 300 })).toBe(fresh)
  expect(await soon(at('trades-*.csv'))).toBe(fresh)
  expect(await soon(at('nothing-*.csv'))).toBe('not yet')
})

it('only * means more than itself in a name; a link counts as what it leads to, a folder is refused', async () => {
  mkdirSync(at('in [eod]'))
  const file = at('in [eod]/préis{1} (2)?.csv')
  writeFileSync(at('elsewhere.csv'), 'all of it')
  symlinkSync(at('elsewhere.csv'), file)
  expect(await soon(at('in [eod]/préis{1} (2)?*.csv'))).toBe(file)
  expect(await soon(at('in [eod]/*.csv'))).toBe(file)
  symlinkSync(at('nowhere.csv'), at('dangling.csv'))
  expect(await soon(at('dangling.csv'))).toBe('not yet')
  await expect(arrivalOf({ path: at('in [eod]'), ...usual })).rejects.toThrow(
    /it is a folder; name a file in it, such as .*\*\.csv$/,
  )
})

it('one that is put in its place has to stand still as well, though it looks the same', async () => {
  const [file, next] = [at('rates.csv'), at('rates.csv.part')]
  const same = () => {
    writeFileSync(next, 'rates')
    utimesSync(next, 1_000, 1_000)
    renameSync(next, file)
    return performance.now()
  }
  same()
  const waits = arrivalOf({ path: file, ...usual })
  await pause(70)
  const placed = same()
  await waits
  expect(performance.now() - placed).toBeGreaterThan(95)
})
