import { expect, it } from 'vitest'
import { freshState, type Rule } from '../job-state.ts'
import { overdue } from '../overdue.ts'
import { judgedBy, type Sight } from './sight.ts'

const minute = 60_000
const due = 600 * minute
/** Ten minutes of grace, every ten hours. */
const rule: Rule = {
  after: (ms) => (Math.floor(ms / due) + 1) * due,
  isFixed: true,
  earlyMs: minute,
  graceMs: 10 * minute,
  maxRunMs: 30 * minute,
  minRunMs: null,
  minGapMs: null,
  failuresInARow: 1,
  paused: false,
  strict: false,
  resumesByHand: false,
  lateUntil: null,
}
const waiting = { ...freshState, dueAt: due }
const running = { ...freshState, open: [{ run: 'a', rid: 'a', at: due, due, long: false }] }
const sight = (more: Partial<Sight>): Sight => ({
  name: 'x',
  beforeTo: null,
  from: 0,
  to: 0,
  blindSince: null,
  ...more,
})

it.each([
  ['told past its grace', waiting, { to: due + 11 * minute }, ['miss']],
  ['told not so far yet', waiting, { to: due + 9 * minute }, []],
  ['blind since before it', waiting, { to: due - minute, blindSince: due - minute }, []],
  [
    'told anew, with a gap when it was due',
    waiting,
    { beforeTo: due - 5 * minute, from: due + minute, to: due + 60 * minute },
    ['unheard'],
  ],
  [
    'told anew, its grace begins with that',
    waiting,
    { beforeTo: due - 5 * minute, from: due + 55 * minute, to: due + 60 * minute },
    [],
  ],
  [
    'told after a gap that was over',
    waiting,
    { beforeTo: due - 50 * minute, from: due - 40 * minute, to: due + 60 * minute },
    ['miss'],
  ],
  ['told that it still runs', running, { to: due + 31 * minute }, ['long']],
  ['running when nothing was told any more', running, { to: due + 5 * minute, blindSince: due }, []],
] as const)('a job is judged as of what was told: %s', (_, state, more, flips) => {
  const now = due + 61 * minute
  const judged = judgedBy(sight(more), now)
  const found = overdue({ ...state, open: [...state.open] }, rule, judged.now, judged.spans)
  expect(found.flips.map((f) => f.kind)).toEqual(flips)
  // It does not come round at once.
  expect(judged.notBefore).toBeGreaterThan(now)
})
