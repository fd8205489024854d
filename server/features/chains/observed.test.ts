import { expect, it } from 'vitest'
import { isUnobserved } from './observed.ts'

const due = 1_000_000
const always = [{ from: 0, to: 10 * due }]
const night = { state: { nodes: [], date: '2026-11-23' } } as unknown as Parameters<typeof isUnobserved>[0]

it.each([
  ['it is not due yet', due - 1, null, false],
  ['it has passed, and nobody but the jobs themselves tells of them', due + 1, null, false],
  ['it has passed, and what tells of its jobs has told so far', due + 1, due, false],
  ['it has passed, and what tells of its jobs has not told so far', due + 1, due - 1, true],
] as const)('whether a deadline was met is not known where %s', (_, now, toldUntil, unobserved) => {
  expect(isUnobserved(night, due, now, { spans: always, toldUntil })).toBe(unobserved)
})
