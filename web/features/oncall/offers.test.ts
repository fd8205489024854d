import { expect, it } from 'vitest'
import { offersFor } from './offers.ts'

const at = (iso: string) => Date.parse(iso)
// Thursday noon in London
const now = at('2026-11-26T12:00Z')
const told = (from: string, to: string) =>
  offersFor({ from: at(from), to: at(to) }, now, 'Europe/London').map(
    (o) => `${o.label}: ${new Date(o.from).toISOString().slice(5, 16)} ${new Date(o.to).toISOString().slice(5, 16)}`,
  )

it.each<[string, string, string, string[]]>([
  [
    'a week',
    '2026-11-23T07:00Z',
    '2026-11-30T07:00Z',
    [
      'all of it: 11-26T12:00 11-30T07:00',
      '4 h from now: 11-26T12:00 11-26T16:00',
      'tonight, 18–08: 11-26T18:00 11-27T08:00',
      'tomorrow: 11-27T00:00 11-28T00:00',
      'the weekend: 11-28T00:00 11-30T00:00',
    ],
  ],
  [
    'a night',
    '2026-11-26T22:00Z',
    '2026-11-27T06:00Z',
    ['all of it: 11-26T22:00 11-27T06:00', 'tomorrow: 11-27T00:00 11-27T06:00'],
  ],
  ['a day further on', '2026-12-01T07:00Z', '2026-12-01T19:00Z', ['all of it: 12-01T07:00 12-01T19:00']],
  ['what is over', '2026-11-20T07:00Z', '2026-11-21T07:00Z', []],
])('of %s', (_name, from, to, expected) => expect(told(from, to)).toEqual(expected))
