import { describe, expect, it } from 'vitest'
import { assumedFrequency, because, isLike, likeness, weightOf, withoutName } from './likeness.ts'
import { gistOf, plainOf } from './plain.ts'
import { tokensOf, withoutFigures } from './tokens.ts'
import { allOf, anyOf } from './words-of.ts'

const word = (w: string, frequency: number | null = null, begun = false) => ({ word: w, lexeme: w, frequency, begun })

describe('likeness', () => {
  it('names the shared words, the rarest first, and weighs them', () => {
    const words = [word('server', 0.3), word('blotter', 0.0001), word('down', 0.05)]
    const like = likeness(words, ['down', 'blotter', 'server', 'other'])
    expect(like.words).toEqual(['blotter', 'down', 'server'])
    expect(like.weight).toBeGreaterThan(1)
    expect(likeness(words, ['other'])).toEqual({ weight: 0, words: [] })
  })
  it('takes a begun word by its beginning', () => {
    expect(likeness([word('blot', null, true)], ['blotter']).words).toEqual(['blot'])
    expect(likeness([word('blot')], ['blotter']).words).toEqual([])
  })
  it('weighs a word that stands everywhere with nothing', () => {
    expect(weightOf({ frequency: 1 })).toBe(0)
    expect(weightOf({ frequency: 0 })).toBe(1)
  })
  it('asks for more where the service is another', () => {
    const one = likeness([word('blotter')], ['blotter'])
    expect(isLike(one, true, 3)).toBe(true)
    expect(isLike(one, false, 3)).toBe(false)
    expect(isLike(likeness([word('a'), word('b')], ['a', 'b']), false, 2)).toBe(true)
  })
  it('takes no common word alone for a reason, not even on the same service', () => {
    const like = (...words: ReturnType<typeof word>[]) =>
      isLike(
        likeness(
          words,
          words.map((w) => w.lexeme),
        ),
        true,
        5,
      )
    expect(like(word('new', 0.03))).toBe(false)
    // Nor one of which a new installation does not know yet how common it is.
    expect(like(word('show', assumedFrequency('show')))).toBe(false)
    expect(like(word('blotter', assumedFrequency('blotter')))).toBe(true)
    // Nor where few texts were counted, and one that says little is in one of them by chance.
    expect(like(word('error', assumedFrequency('error', 0.0002)))).toBe(false)
    expect(like(word('blotter', assumedFrequency('blotter', 0.0002)))).toBe(true)
    expect(like(word('reject', 0.002))).toBe(true)
    expect(like(word('reject', 0.03), word('order', 0.02))).toBe(true)
  })
  it('lets the name of the service itself tell nothing', () => {
    const asked = [word('orders'), { ...word('entry'), lexeme: 'entri' }, word('rejected')]
    asked[0] = { ...word('orders'), lexeme: 'order' }
    expect(withoutName(asked, 'Order entry').map((w) => w.word)).toEqual(['rejected'])
    expect(withoutName(asked.slice(0, 2), 'Order entry')).toHaveLength(2)
    expect(withoutName(asked, 'Blotter')).toHaveLength(3)
  })
  it('says it in words', () => {
    expect(because({ near: 'same service', words: ['a', 'b'], more: ['used twice'] })).toBe(
      'same service; words: a, b; used twice',
    )
    expect(because({ near: null, words: ['a'] })).toBe('word: a')
  })
})

describe('words', () => {
  it('are cut out of whatever is pasted', () => {
    expect(tokensOf('No prices on mdgw-02. ORA-01555! (blotter)')).toEqual([
      'no',
      'prices',
      'on',
      'mdgw-02',
      'ora-01555',
      'blotter',
    ])
    expect(tokensOf("'; drop table -- \\ \u0000")).toEqual(['drop', 'table'])
    expect(tokensOf('up 2 x '.repeat(500))).toEqual(['up'])
  })
  it('are neither times of day nor amounts', () => {
    expect(tokensOf(withoutFigures('I have to fund 40,000,000 by 15:30, error 343'))).toEqual([
      'have',
      'to',
      'fund',
      'by',
      'error',
      '343',
    ])
  })
  it('are quoted for the database', () => {
    expect(anyOf([word("o'b\\n"), word('x', null, true)], { begun: true })).toBe("'o''b\\\\n' | 'x':*")
    expect(allOf([word('a'), word('b')])).toBe("'a' & 'b'")
    expect(anyOf([])).toBeNull()
  })
})

it('what goes into a reply has no signs of Markdown, and keeps its lines and the names of things', () => {
  expect(
    plainOf(
      '## First\n\nPress **Ctrl-Shift-R**, then `bridge_restart -f *.log`.\n- see [the wiki](https://x.example/a_b_c)\n\n```\nset price_feed = on\n```\n2 * 3 * 4',
    ),
  ).toBe(
    'First\n\nPress Ctrl-Shift-R, then bridge_restart -f *.log.\n- see the wiki (https://x.example/a_b_c)\n\nset price_feed = on\n2 * 3 * 4',
  )
})

it('a gist has no signs of Markdown', () => {
  expect(
    gistOf('## Do this\n\n1. **Restart** the `bridge`\n2. See [the wiki](https://x.example)\n\n```\ncode\n```'),
  ).toBe('Do this Restart the bridge See the wiki code')
})
