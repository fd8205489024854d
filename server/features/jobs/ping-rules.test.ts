import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { actionOf, happenedAt } from './ping-action.ts'
import { readTail } from './ping-body.ts'

describe('the end of an address', () => {
  it.each([
    ['', { kind: 'success', exit: null }],
    ['start', { kind: 'start', exit: null }],
    ['fail', { kind: 'fail', exit: null }],
    ['log', { kind: 'log', exit: null }],
    ['0', { kind: 'success', exit: 0 }],
    ['12', { kind: 'fail', exit: 12 }],
    ['255', { kind: 'fail', exit: 255 }],
    ['256', null],
    ['-1', null],
    ['1.5', null],
    ['KILL', { kind: 'fail', exit: 137 }],
    ['SIGTERM', { kind: 'fail', exit: 143 }],
    ['nonsense', null],
    ['__proto__', null],
  ])('%s', (suffix, action) => expect(actionOf(suffix)).toEqual(action))
})

describe('the time that a ping says', () => {
  const received = Date.UTC(2026, 10, 23, 7)
  const hour = 3_600_000
  it.each([
    ['none', null, received, false, null],
    ['an hour ago: kept while we were away', received - hour, received - hour, true, null],
    ['an hour ahead', received + hour, received, false, /3600 s ahead/],
    ['a second ahead', received + 1_000, received, false, null],
    ['seven days ago', received - 168 * hour, received - 168 * hour, true, null],
    ['eight days ago', received - 192 * hour, received, false, /older than seven days/],
  ] as [string, number | null, number, boolean, RegExp | null][])('%s', (_, said, happened, late, note) => {
    const found = happenedAt(said, null, received)
    expect([found.happened, found.late]).toEqual([happened, late])
    if (note) expect(found.note).toMatch(note)
    else expect(found.note).toBeNull()
  })
  it.each([
    [
      'an hour behind, sent at once',
      -hour,
      -hour,
      0,
      'The sender’s clock is 3600 s behind ours; its times are put right.',
    ],
    [
      'an hour ahead, sent at once',
      hour,
      hour,
      0,
      'The sender’s clock is 3600 s ahead of ours; its times are put right.',
    ],
    [
      'an hour behind, kept for two',
      -3 * hour,
      -hour,
      -2 * hour,
      'The sender’s clock is 3600 s behind ours; its times are put right.',
    ],
    ['right, kept for two hours', -2 * hour, 0, -2 * hour, null],
    ['right, twenty seconds under way', -20_000, -20_000, -20_000, null],
  ])('of a clock that is %s', (_, said, sent, happened, note) => {
    const found = happenedAt(received + said, received + sent, received)
    expect([found.happened - received, found.note]).toEqual([happened, note])
  })
})

describe('a body', () => {
  const read = (...parts: (string | Buffer)[]) =>
    readTail(Readable.from(parts.map((p) => Buffer.from(p as string))), undefined, 10)
  it.each([
    ['nothing', [], null],
    ['short', ['ab', 'cd'], { text: 'abcd', bytes: 4, head: null }],
    ['exactly as much', ['0123456789'], { text: '0123456789', bytes: 10, head: null }],
    [
      'the end of more, and its beginning',
      ['abc', '0123456789'],
      { text: '0123456789', bytes: 13, head: 'abc0123456' },
    ],
    ['the end over several parts', ['abcdef', 'ghij', '0123'], { text: 'efghij0123', bytes: 14, head: 'abcdefghij' }],
    ['a cut through a character', ['ab', '€€€€'], { text: '€€€', bytes: 14, head: 'ab€€\ufffd' }],
    ['NUL', ['a\0b'], { text: 'a\ufffdb', bytes: 3, head: null }],
    ['bytes that are no text', [Buffer.from([0x61, 0xff, 0x62])], { text: 'a\ufffdb', bytes: 3, head: null }],
  ] as [string, (string | Buffer)[], { text: string; bytes: number; head: string | null } | null][])(
    '%s',
    async (_, parts, expected) => {
      expect(await read(...parts)).toEqual(expected && { ...expected, whole: null })
    },
  )
})
