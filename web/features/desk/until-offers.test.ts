import { describe, expect, it } from 'vitest'
import { untilOffers } from './until-offers.ts'

const offers = (now: string, zone: string) =>
  untilOffers(Date.parse(now), zone).map(({ label, at }) => `${label}: ${new Date(at).toISOString().slice(0, 16)}`)

describe('until when something waits or is left for later', () => {
  it.each<[string, string, string[]]>([
    [
      '2026-11-23T09:12:00Z',
      'Europe/London',
      [
        'In 1 h: 2026-11-23T10:12',
        'In 4 h: 2026-11-23T13:12',
        'At the next 08:00: 2026-11-24T08:00',
        'On Monday 08:00: 2026-11-30T08:00',
      ],
    ],
    // Late on Saturday in London it is Sunday in Tokyo, and Monday is the next morning.
    [
      '2026-11-28T20:00:00Z',
      'Asia/Tokyo',
      [
        'In 1 h: 2026-11-28T21:00',
        'In 4 h: 2026-11-29T00:00',
        'At the next 08:00: 2026-11-28T23:00',
        'On Monday 08:00: 2026-11-29T23:00',
      ],
    ],
    [
      '2026-11-29T01:00:00Z',
      'Asia/Tokyo',
      ['In 1 h: 2026-11-29T02:00', 'In 4 h: 2026-11-29T05:00', 'At the next 08:00: 2026-11-29T23:00'],
    ],
    // The clocks go back in the night.
    [
      '2026-10-24T18:00:00Z',
      'Europe/London',
      [
        'In 1 h: 2026-10-24T19:00',
        'In 4 h: 2026-10-24T22:00',
        'At the next 08:00: 2026-10-25T08:00',
        'On Monday 08:00: 2026-10-26T08:00',
      ],
    ],
  ])('%s in %s', (now, zone, expected) => expect(offers(now, zone)).toEqual(expected))
})
