import { describe, expect, it } from 'vitest'
import { inShort, minutesWords, playedWords } from './words.ts'

describe('the words of a back-test', () => {
  it.each([
    [{}, 12, 'The last 90 nights of 12 deadlines are played again.'],
    [{}, 140, 'The last 90 nights of 20 deadlines are played again.'],
    [{}, undefined, 'The last 90 nights on record are played again.'],
    [{ deadlineId: 'x', from: '2026-10-01', until: '2026-10-31' }, 9, '31 nights of this deadline are played again.'],
    [{ from: '2026-10-01', until: '2026-10-01' }, 1, '1 night of 1 deadline is played again.'],
    [{ until: '2026-10-01' }, 1, '90 nights of 1 deadline are played again.'],
    [{ from: '2026-10-01' }, 1, 'The nights since 2026-10-01 of 1 deadline are played again.'],
  ])('while %j is played again, of %s deadlines', (ask, deadlines, said) => {
    expect(playedWords(ask, deadlines)).toBe(said)
  })

  it.each([
    [0.4, '0 min'],
    [59.4, '59 min'],
    [60, '1 h'],
    [132, '2 h 12 min'],
  ])('say %s minutes as %s', (minutes, words) => expect(minutesWords(minutes)).toBe(words))

  const warned = { warned: 3, falseAlarms: 1, warning: { mean: 90, median: 80 } }
  const score = { ...warned, falseAlarms: 2, warning: { mean: 30, median: 20 }, pinball: { p50: 1, p80: 1, p95: 1 } }
  const bin = { from: 0.2, to: 0.35, forecasts: 50, said: 0.26, missed: 0.24 }

  it('tell warnings at equal alarms, whether odds were right, and what stood still', () => {
    const baselines = [{ name: 'last-ten' as const, score, beside: { limit: 0.325, ...warned } }]
    expect(inShort({ misses: 3, baselines, calibration: [bin], blocked: { nights: 4, inTime: 3 } })).toEqual([
      'An alarm over 33 % would have come 1 h 30 min before a miss on average, with 1 false alarm; the average of the last ten runs came 30 min before, with 2.',
      'Of the 50 times that 20 % to 35 % were said, 24 % were missed.',
      'On 4 nights it stood still until somebody acted, which is told whatever the limit; 3 of them ended in time.',
    ])
  })

  it('claim nothing where nothing was missed', () => {
    const baselines = [{ name: 'last-ten' as const, score, beside: { limit: 0.3, ...warned } }]
    expect(inShort({ misses: 0, baselines, calibration: [], blocked: { nights: 0, inTime: 0 } })).toEqual([
      'None of these nights was missed, so that nothing can be said of warnings; of false alarms it can.',
    ])
  })
})
