import type { z } from 'zod'
import type { chart } from '../../../contract/monitors/shapes.ts'
import type { Chart } from '../../ui/chart.ts'
import { millis } from '../../ui/time.ts'
import { every, stateWords } from './words.ts'

export type ChartAnswer = z.output<typeof chart>

const flipTone = { up: 'ok', degraded: 'warn', down: 'down', unknown: 'blind', unobserved: 'blind' } as const

/**
 * The answer as the chart draws it: a line through the p95 of each bucket, interrupted where looks are missing for more
 * than two of them. `intervalSeconds`: how often it is looked at; buckets may be shorter than that.
 */
export const chartOf = (answer: ChartAnswer, intervalSeconds: number): Chart => {
  const gap = 2.5 * Math.max(answer.bucketSeconds, intervalSeconds) * 1000
  const times: number[] = []
  const values: (number | null)[] = []
  for (const point of answer.points) {
    const at = millis(point.at)
    const before = times.at(-1)
    if (before !== undefined && at - before > gap) {
      times.push(before + gap / 2)
      values.push(null)
    }
    times.push(at)
    values.push(point.p95Ms === null ? null : rounded(point.p95Ms))
  }
  return {
    unit: 'ms',
    from: millis(answer.from),
    to: millis(answer.to),
    times,
    series: [{ label: answer.bucketSeconds <= intervalSeconds ? 'Response time' : 'p95', values }],
    flips: answer.flips
      .filter(({ state }) => state !== 'unobserved')
      .map(({ at, state, message }) => ({
        at,
        tone: flipTone[state],
        words: message ? `${stateWords[state]}: ${message}` : stateWords[state],
      })),
    spans: answer.spans.flatMap(({ from, to, state }) =>
      state === 'up'
        ? []
        : [
            {
              from,
              to,
              tone: state === 'unobserved' ? 'blind' : (flipTone[state] as 'warn'),
              words: stateWords[state],
            },
          ],
    ),
  }
}

const rounded = (ms: number) => (ms < 10 ? Number(ms.toFixed(1)) : Math.round(ms))

/** What a point of the line stands for: 'each look, ms' or 'p95 of 15 min, ms'. */
export const pointWords = (answer: ChartAnswer, intervalSeconds: number): string =>
  answer.bucketSeconds <= intervalSeconds ? 'each look, ms' : `p95 of ${every(answer.bucketSeconds)}, ms`
