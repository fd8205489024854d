import { expect, it } from 'vitest'
import { isDoneFor, rerunWords } from './words.ts'

it.each<[string, string, string | null, boolean, string | undefined]>([
  ['in a window', '22:53', '23:02', true, 'run again, it makes it if it begins between 22:53 and 23:02'],
  ['at once', '22:42', '23:02', false, 'it makes it if it begins by 23:02'],
  ['busy until too late', '23:25', '23:02', true, 'begun anew by 23:02, it makes it; what runs now ends at 23:25'],
  ['later, and none makes it', '23:25', null, true, 'it can be run again from 23:25'],
  ['at once, and none makes it', '22:42', null, true, undefined],
])('when the job to act on can begin anew: %s', (_, from, by, hasRun, words) => {
  const at = (time: string) => `2026-11-30T${time}:00Z`
  const times = { rerunFrom: at(from), rerunBy: by && at(by) }
  expect(rerunWords(times, hasRun, 'Europe/London', Date.parse(at('22:42')))).toBe(words)
})

it.each<[string, string, string | null, string | null, boolean]>([
  ['it runs next in the evening', 'ok', '2026-12-01T02:00:00Z', '2026-12-01T22:00:00Z', true],
  ['nobody knows when it runs next', 'ok', '2026-12-01T02:00:00Z', null, true],
  ['that was the night before', 'ok', '2026-11-30T02:00:00Z', null, false],
  ['it runs once more before the deadline', 'ok', '2026-12-01T02:00:00Z', '2026-12-01T07:00:00Z', false],
  ['it failed', 'failed', '2026-12-01T02:00:00Z', null, false],
  ['it never ran', 'ok', null, null, false],
])('whether a job is done for a night with a deadline at 07:45: %s', (_, state, lastAt, dueAt, done) => {
  expect(isDoneFor({ state, lastAt, dueAt }, '2026-12-01T07:45:00Z')).toBe(done)
})
