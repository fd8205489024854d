import { expect, test } from 'vitest'
import { knownTo } from './known-to.ts'

test.each([
  ['2027-12-31', 'known to 31 Dec 2027', false],
  ['2027-01-01', 'known to 1 Jan 2027', false],
  ['2026-12-31', 'known to 31 Dec 2026, 30 days left', true],
  ['2026-12-02', 'known to 2 Dec 2026, 1 day left', true],
  ['2026-12-01', 'known to 1 Dec 2026, which is today', true],
  ['2026-11-30', 'known to 30 Nov 2026, and not after it', true],
])('%s is %s', (date, words, near) => {
  expect(knownTo(date, Date.UTC(2026, 11, 1, 4, 12))).toEqual({ words, near })
})
