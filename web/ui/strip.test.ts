import { expect, test } from 'vitest'
import { type StripState, stretches, summary } from './strip.ts'

const cells = (...states: StripState[]) => states.map((state, index) => ({ from: index, to: index + 1, state }))

test('the worst is said first, and how it is now', () => {
  expect(summary(cells('ok', 'ok', 'warn', 'down', 'ok'))).toBe('down 1, degraded 1, up 3 of 5 cells; now up')
})

test('what is not known is never said to be up', () => {
  expect(summary(cells('blind', 'unobserved'))).toBe('unknown 1, not observed 1 of 2 cells; now not observed')
  expect(summary([])).toBe('no data')
})

test('stretches of trouble are told from when to when, the newest first', () => {
  expect(stretches(cells('ok', 'down', 'down', 'warn', 'ok', 'none', 'blind'))).toEqual([
    { state: 'blind', from: 6, to: 7 },
    { state: 'warn', from: 3, to: 4 },
    { state: 'down', from: 1, to: 3 },
  ])
  expect(stretches(cells('down', 'ok', 'ok', 'down'))).toHaveLength(2)
  expect(stretches(cells('ok', 'none', 'ok'))).toEqual([])
  expect(stretches([])).toEqual([])
})
