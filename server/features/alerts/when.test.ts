import { describe, expect, it } from 'vitest'
import { plausible, readWhen } from './when.ts'

const at = (text: string) => Temporal.Instant.from(text)

describe('the time of a sender', () => {
  const received = at('2026-11-23T07:00:00Z')
  it.each([
    ['now', '2026-11-23T07:00:00Z', true],
    ['fourteen minutes before', '2026-11-23T06:46:00Z', true],
    ['an hour before', '2026-11-23T06:00:00Z', false],
    ['half a minute after', '2026-11-23T07:00:30Z', true],
    ['an hour after', '2026-11-23T08:00:00Z', false],
  ])('%s', (_what, sent, counts) => {
    expect(plausible(at(sent), received)?.toString() ?? null).toBe(counts ? sent : null)
  })
  it.each([[Number.NaN], [-5], [1e30], ['1e30'], [''], [{}], [true], ['2026-02-31T00:00:00Z']])(
    'is not read from %s',
    (given) => {
      expect(readWhen(given)).toBeNull()
    },
  )
})
