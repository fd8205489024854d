import { expect, test } from 'vitest'
import { dayWords, uptimeWords } from './days-words.ts'
import { pretty } from './pretty.ts'

const minute = 60_000
const day = (part: object) => ({
  state: 'up' as const,
  downMs: 0,
  degradedMs: 0,
  unknownMs: 0,
  unobservedMs: 0,
  ...part,
})

test.each([
  [day({}), undefined],
  [day({ state: 'none' }), undefined],
  [day({ state: 'down', downMs: 12 * minute, unobservedMs: 64 * minute }), 'down 12 min, not observed 1 h 04 min'],
  [day({ state: 'degraded', degradedMs: 30_000, unknownMs: 400 }), 'degraded 30 s'],
] as const)('%#: what there was of a day', (one, words) => expect(dayWords(one)).toBe(words))

const share = (percent: number | null, part: object = {}) => ({
  percent,
  downMs: 0,
  blindMs: 0,
  unobservedMs: 0,
  ...part,
})

test.each([
  [
    share(99.934),
    share(99.817, { unobservedMs: 11 * minute }),
    'business hours 99.93 %, all hours 99.81 %, unobserved 11 min',
  ],
  [null, share(100, { blindMs: 2 * minute }), 'all hours 100 %, unknown 2 min'],
  [null, share(null), 'all hours no data'],
])('%#: the uptime', (businessHours, allHours, words) => expect(uptimeWords({ businessHours, allHours })).toBe(words))

test.each([
  ['{"a":1}', '{\n  "a": 1\n}'],
  ['{"cut": "off', '{"cut": "off'],
  ['12', '12'],
  ['<h1>Hello</h1>', '<h1>Hello</h1>'],
])('%s', (text, lines) => expect(pretty(text)).toBe(lines))
