import { describe, expect, it } from 'vitest'
import { type FlipKind, plainFlip } from './job-state.ts'
import { summaryOf, type Told } from './signal.ts'

const at = (time: string) => Date.parse(`2026-11-26T${time}Z`)
const job: Told = {
  id: 'j',
  name: 'EOD prices',
  environment: 'prod',
  service: null,
  schedule: { kind: 'cron', expression: '0 22 * * *', zone: 'America/New_York' },
  follows: null,
  doubtAt: () => null,
  graceSeconds: 600,
  maxRunSeconds: 2_400,
  minRunSeconds: 60,
  minGapSeconds: 600,
  failuresInARow: 1,
  description: '',
}
const flip = (kind: FlipKind, on: boolean) =>
  plainFlip({ kind, on, at: at('03:40:00'), due: at('03:00:00'), ms: 120_000, exit: 3, ended: 'success' }, 1)

describe('what is told of a job, which is the title of its alert and incident', () => {
  it.each([
    ['miss', true, 'EOD prices has not started; it was due at 22:00 New York'],
    ['miss', false, 'EOD prices ended well at 22:40 New York after 2 min, 40 min late (it was due at 22:00 New York)'],
    ['failure', true, 'EOD prices failed with exit status 3 after 2 min'],
    ['failure', false, 'EOD prices ended well again at 22:40 New York after 2 min'],
    ['long', true, 'EOD prices has been running since 22:00 New York, for more than 40 min'],
    [
      'often',
      true,
      'EOD prices runs too often: it began at 22:40 New York, 2 min after the run before (at least 10 min)',
    ],
  ] as const)('%s %s', (kind, on, words) => {
    expect(summaryOf(job, flip(kind, on), at('03:41:00'))).toBe(words)
    // As true an hour later.
    expect(summaryOf(job, flip(kind, on), at('04:41:00'))).toBe(words)
  })

  it('names the day of what is told on another', () =>
    expect(summaryOf(job, flip('miss', true), at('08:41:00'))).toBe(
      'EOD prices has not started; it was due at 22:00 New York on Wed 25 Nov',
    ))
})
