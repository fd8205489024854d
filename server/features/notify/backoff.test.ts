import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { millisBetween, plusMillis, plusSeconds } from '../../platform/clock.ts'
import { afterFailure, FALL_BACK_AFTER_MS, type Failure, retryDelay } from './backoff.ts'

const start = Temporal.Instant.from('2026-03-04T06:00:00Z')
const none = () => 0

const failure = (more: Partial<Failure> = {}): Failure => ({
  class: 'page',
  outcome: { kind: 'retry' },
  attempts: 1,
  firstTriedAt: start,
  now: start,
  hasNext: true,
  ...more,
})

const messageClass = fc.constantFrom('page', 'conversation', 'broadcast')
const chance = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true })

describe('delays', () => {
  test.each([
    [1, 2],
    [2, 5],
    [3, 10],
    [4, 20],
    [5, 30],
    [6, 30],
    [1000, 30],
  ])('of a page after attempt %i: %i s', (attempts, expected) => {
    expect(retryDelay('page', attempts, none)).toBe(expected * 1000)
  })

  test('never shrink from attempt to attempt, and jitter adds at most a fifth', () => {
    fc.assert(
      fc.property(messageClass, fc.integer({ min: 1, max: 100 }), chance, (kind, attempts, r) => {
        const bare = retryDelay(kind, attempts, none)
        expect(retryDelay(kind, attempts + 1, none)).toBeGreaterThanOrEqual(bare)
        expect(retryDelay(kind, attempts, () => r)).toBeGreaterThanOrEqual(bare)
        expect(retryDelay(kind, attempts, () => r)).toBeLessThanOrEqual(bare * 1.2)
      }),
    )
  })
})

describe('after a failure', () => {
  test('a refused page falls back at once and is not tried again there', () => {
    const next = afterFailure(failure({ outcome: { kind: 'refused' } }), none)
    expect(next).toMatchObject({ retryAt: null, fallBack: true })
  })

  test('a refused page without another method ends', () => {
    const next = afterFailure(failure({ outcome: { kind: 'refused' }, hasNext: false }), none)
    expect(next).toMatchObject({ retryAt: null, fallBack: false })
  })

  test('a mail server that is down: 0, 2, 7, 17 s, then the next method as well', () => {
    let now = start
    const tried: number[] = []
    for (let attempts = 1; attempts < 10; attempts++) {
      tried.push(millisBetween(start, now) / 1000)
      const next = afterFailure(failure({ attempts, now }), none)
      if (next.fallBack) break
      now = next.retryAt ?? now
    }
    expect(tried).toEqual([0, 2, 7, 17])
  })

  test('a Retry-After of an hour does not hold the page: the next method starts now', () => {
    const next = afterFailure(failure({ outcome: { kind: 'retry', afterMs: 3_600_000 } }), none)
    expect(next.fallBack).toBe(true)
    expect(next.retryAt).toEqual(plusSeconds(start, 3600))
  })

  test('an absurd Retry-After is bounded', () => {
    const next = afterFailure(failure({ outcome: { kind: 'retry', afterMs: 1e12 }, hasNext: false }), none)
    expect(next.retryAt).toEqual(plusSeconds(start, 6 * 3600))
  })

  test('a page without another method goes on for a day: a server that was away for an hour gets it within a minute', () => {
    const next = afterFailure(failure({ attempts: 120, now: plusSeconds(start, 3600), hasNext: false }), () => 0.99)
    expect(next.retryAt && millisBetween(plusSeconds(start, 3600), next.retryAt)).toBeLessThan(60_000)
  })

  test('what is not a page never falls back', () => {
    fc.assert(
      fc.property(fc.constantFrom('conversation', 'broadcast'), fc.boolean(), fc.nat(1e7), (kind, refused, ms) => {
        const outcome = refused ? { kind: 'refused' as const } : { kind: 'retry' as const }
        const now = plusMillis(start, ms)
        expect(afterFailure(failure({ class: kind, outcome, now }), none).fallBack).toBe(false)
      }),
    )
  })

  test('a page never gives up while another method has not been started', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5000 }),
        fc.nat(10 * 86_400_000),
        fc.nat(1e8),
        chance,
        (attempts, ms, afterMs, r) => {
          const now = plusMillis(start, ms)
          const next = afterFailure(failure({ attempts, now, outcome: { kind: 'retry', afterMs } }), () => r)
          expect(next.retryAt).not.toBeNull()
          // Either it is tried again in time, or the next method starts now.
          const wait = next.retryAt ? millisBetween(start, next.retryAt) : 0
          expect(next.fallBack || wait <= FALL_BACK_AFTER_MS).toBe(true)
        },
      ),
    )
  })

  test.each([
    ['page', 24],
    ['broadcast', 24],
    ['conversation', 96],
  ] as const)('a %s ends after %i hours', (kind, hours) => {
    const late = failure({ class: kind, attempts: 99, now: plusSeconds(start, hours * 3600), hasNext: false })
    expect(afterFailure(late, none)).toMatchObject({
      retryAt: null,
      reason: `Given up ${hours} hours after the first attempt.`,
    })
    const earlier = { ...late, now: plusSeconds(start, (hours - 1) * 3600) }
    expect(afterFailure(earlier, none).retryAt).not.toBeNull()
  })
})
