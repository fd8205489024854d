import { describe, expect, it } from 'vitest'
import { snoozeOffers } from './snooze.ts'

const offers = (now: string, zone: string) =>
  snoozeOffers(Date.parse(now), zone).map(({ label, at }) => `${label}: ${new Date(at).toISOString().slice(0, 16)}`)

describe('until when something is left for later', () => {
  it.each<[string, string, string[]]>([
    [
      '2026-11-23T07:12:00Z',
      'Europe/London',
      [
        'For 1 hour: 2026-11-23T08:12',
        'For 4 hours: 2026-11-23T11:12',
        'Until tomorrow 09:00: 2026-11-24T09:00',
        'Until Monday 09:00: 2026-11-30T09:00',
      ],
    ],
    // Late on Saturday in London it is Sunday in Tokyo, and Monday is tomorrow.
    [
      '2026-11-28T20:00:00Z',
      'Asia/Tokyo',
      ['For 1 hour: 2026-11-28T21:00', 'For 4 hours: 2026-11-29T00:00', 'Until tomorrow 09:00: 2026-11-30T00:00'],
    ],
    // The clocks go back in the night.
    [
      '2026-10-24T18:00:00Z',
      'Europe/London',
      [
        'For 1 hour: 2026-10-24T19:00',
        'For 4 hours: 2026-10-24T22:00',
        'Until tomorrow 09:00: 2026-10-25T09:00',
        'Until Monday 09:00: 2026-10-26T09:00',
      ],
    ],
  ])('%s in %s', (now, zone, expected) => expect(offers(now, zone)).toEqual(expected))
})
