import { describe, expect, it } from 'vitest'
import { type Asked, consequencesOf, freeThen } from './consequences.ts'
import type { Rota } from './data.ts'

const priya = { id: 'priya', name: 'Priya N.', zone: 'Europe/London' }
const sam = { id: 'sam', name: 'Sam O.', zone: 'Europe/London' }
const aiko = { id: 'aiko', name: 'Aiko T.', zone: 'Asia/Tokyo' }
const at = (day: number, hour: number) => Date.UTC(2026, 10, day, hour)
const iso = (ms: number) => new Date(ms).toISOString()
const source = { kind: 'rotation' as const, id: 'w', name: 'Week', inPlaceOf: null }
const shift = (user: { id: string; name: string }, from: number, to: number) => ({
  user,
  from: iso(from),
  to: iso(to),
  source,
})
const rota = (name: string, final: ReturnType<typeof shift>[], lower: ReturnType<typeof shift>[] = []): Rota => ({
  schedule: { id: name, name, slug: name, zone: 'Europe/London' },
  team: { id: 't', name: 'Team' },
  layers: [
    { id: 'l', name: 'Lower', shifts: lower },
    { id: 'u', name: 'Upper', shifts: final },
  ],
  final,
  gaps: [],
  overrides: [],
})
const markets = rota('L2 markets', [shift(priya, at(23, 7), at(28, 7)), shift(sam, at(28, 15), at(30, 7))])
const dba = rota('DBA', [shift(sam, at(23, 7), at(30, 7))])
const told = (asked: Asked, rotas = [markets, dba], zone = 'Europe/London') =>
  consequencesOf(rotas, 'L2 markets', asked, zone).map(({ tone, text }) => `${tone}: ${text}`)
const saturday = { from: at(28, 7), to: at(28, 15) }

describe('an override', () => {
  it.each<[string, Asked, string[]]>([
    [
      'that replaces says for how long, and what else that person does',
      { from: at(24, 9), to: at(24, 17), off: priya, on: sam },
      ['info: Sam O. is on call in place of Priya N. for 8 h.', 'warn: Sam O. is also on call for DBA in that time.'],
    ],
    [
      'that replaces somebody for a part counts only that',
      { from: at(28, 3), to: at(28, 9), off: priya, on: aiko },
      ['info: Aiko T. is on call in place of Priya N. for 4 h.', 'info: For Aiko T. that is 12:00–18:00 in Tokyo.'],
    ],
    [
      'that fills a gap says so, and what time it is for them',
      { ...saturday, off: null, on: aiko },
      [
        'info: Aiko T. is on call for 8 h in which nobody would be.',
        'warn: For Aiko T. that is 16:00–00:00 in Tokyo, partly at night.',
      ],
    ],
    [
      'beside somebody says that both are paged',
      { from: at(24, 9), to: at(24, 12), off: null, on: { ...aiko, zone: 'Europe/London' } },
      ['info: Aiko T. is on call beside Priya N.: a page goes to both at once.'],
    ],
    [
      'that takes somebody off warns of the gap',
      { from: at(27, 7), to: at(28, 9), off: priya, on: null },
      ['down: Nobody would be on call Fri 27 Nov 07:00 – Sat 28 Nov 07:00. Choose somebody who takes it.'],
    ],
    [
      'of somebody who is not on call changes nothing',
      { ...saturday, off: priya, on: sam },
      ['warn: Priya N. is not on call for L2 markets in that time: nothing would change.'],
    ],
    [
      'of somebody who is on call already changes nothing',
      { from: at(24, 9), to: at(24, 12), off: null, on: priya },
      ['warn: Priya N. is on call for L2 markets then already: nothing would change.'],
    ],
    ['of nobody says nothing', { ...saturday, off: null, on: null }, []],
  ])('%s', (_name, asked, expected) => expect(told(asked)).toEqual(expected))

  it('lets the layer below take over when somebody goes off', () => {
    const layered = rota('L2 markets', [shift(priya, at(23, 7), at(28, 7))], [shift(sam, at(23, 7), at(30, 7))])
    expect(told({ from: at(27, 7), to: at(27, 9), off: priya, on: null }, [layered])).toEqual([
      'info: Sam O. takes over, from the layer below.',
    ])
  })
})

it('who is free comes first by day, and whoever is on call elsewhere does not come', () => {
  expect(freeThen([aiko, priya, sam], [markets, dba], { from: at(28, 18), to: at(28, 21) })).toEqual([priya, aiko])
})
