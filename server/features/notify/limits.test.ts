import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isBefore, millisBetween, plusSeconds } from '../../platform/clock.ts'
import { allowedAt, type ContactLimits } from './limits.ts'

const now = Temporal.Instant.from('2026-03-04T06:00:00Z')
const ago = (seconds: number) => plusSeconds(now, -seconds)
const limits: ContactLimits = { perMinute: 2, per15Minutes: 5, perHour: 11 }

describe('the next message to a contact', () => {
  test.each<[string, number[], number]>([
    ['nothing sent yet', [], 0],
    ['one in the last minute', [30], 0],
    ['two in the last minute: when the older of them leaves it', [30, 50], 10],
    ['exactly a minute ago counts no more', [10, 60], 0],
    ['five in 15 minutes', [100, 200, 300, 400, 500], 400],
    ['the longest of several waits counts', [10, 20, 300, 400, 500], 400],
    ['order of the past does not matter', [500, 10, 400, 20, 300], 400],
    ['a clock that was set back does not silence anybody', [-4000, -4001, -4002], 0],
  ])('%s', (_, sent, seconds) => {
    expect(millisBetween(now, allowedAt(limits, sent.map(ago), now).at)).toBe(seconds * 1000)
  })

  test('says which limit was met', () => {
    const decision = allowedAt(limits, [ago(1), ago(2)], now)
    expect(decision).toMatchObject({ reason: 'This contact may get 2 messages in a minute, and has had them.' })
  })

  test('no window ever holds more than its limit when every message waits as told, and nobody waits without need', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 60 }), (gaps) => {
        const sent: Temporal.Instant[] = []
        let clock = now
        for (const gap of gaps) {
          clock = plusSeconds(clock, gap)
          const { at } = allowedAt(limits, sent, clock)
          // One microsecond earlier some window would still be full.
          if (isBefore(clock, at)) {
            const early = Temporal.Instant.fromEpochNanoseconds(at.epochNanoseconds - 1000n)
            expect(isBefore(early, allowedAt(limits, sent, early).at)).toBe(true)
          }
          clock = at
          sent.push(clock)
        }
        for (const [minutes, most] of [
          [1, 2],
          [15, 5],
          [60, 11],
        ] as const) {
          for (const at of sent) {
            const within = sent.filter((s) => !isBefore(at, s) && millisBetween(s, at) < minutes * 60_000)
            expect(within.length).toBeLessThanOrEqual(most)
          }
        }
      }),
    )
  })
})
