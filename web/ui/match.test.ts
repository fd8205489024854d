import fc from 'fast-check'
import { expect, test } from 'vitest'
import { match, pieces } from './match.ts'

test('all typed words must occur, in any order', () => {
  expect(match('esc dba', 'Escalate to DBA')?.ranges).toEqual([
    [0, 3],
    [12, 15],
  ])
  expect(match('dba esc', 'Escalate to DBA')?.ranges).toEqual([
    [0, 3],
    [12, 15],
  ])
  expect(match('esc net', 'Escalate to DBA')).toBeUndefined()
})

test('the beginning of the text is better than of a word, and that better than its middle', () => {
  const scores = ['Escalate', 'Do escalate', 'Describe'].map((text) => match('esc', text)?.score ?? 0)
  expect(scores).toEqual([...scores].sort((a, b) => b - a))
  expect(new Set(scores).size).toBe(3)
})

test('nothing typed fits everything', () => {
  expect(match('  ', 'Resolve')).toEqual({ score: 0, ranges: [] })
})

test('the pieces put together are the text, whatever was typed', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 6 }), fc.string(), (typed, text) => {
      // Lower-casing may change the length of exotic letters; ranges are only promised for texts in which it does not.
      fc.pre(text.toLowerCase().length === text.length)
      const found = match(typed, text)
      if (found)
        expect(
          pieces(text, found.ranges)
            .map((piece) => piece.text)
            .join(''),
        ).toBe(text)
    }),
  )
})
