import { expect, test } from 'vitest'
import type { TimelineEvent } from '../../../contract/base.ts'
import { fold } from './fold.ts'

const types: Record<string, string> = { a: 'alert.opened', t: 'delivery.sent', f: 'delivery.failed' }
const letters = Object.fromEntries(Object.entries(types).map(([letter, type]) => [type, letter]))
const events = (text: string) =>
  [...text].map((letter, at) => ({ id: String(at), type: types[letter] ?? 'ticket.noted' }) as TimelineEvent)
const shape = (text: string) =>
  fold(events(text))
    .map((part) => ('event' in part ? (letters[part.event.type] ?? '.') : `(${part.folded.length})`))
    .join('')

test.each([
  ['', ''],
  ['...', '...'],
  ['.aaaaaaa.', '.aaaaaaa.'],
  ['.aaaaaaaa.', '.aaaa(4).'],
  ['aaaaaaaaaa', 'aaaa(6)'],
  ['aaaaaaaaa.aaaaaaaaa', 'aaaa(5).aaaa(5)'],
  ['aaa.aaa.aaa', 'aaa.aaa.aaa'],
  ['.tttttttttt.', '.tttt(6).'],
  ['ttttaaaa', 'ttttaaaa'],
  ['ttttttttftttttttt', 'tttt(4)ftttt(4)'],
])('of %s is shown %s', (given, expected) => {
  expect(shape(given)).toBe(expected)
})

test('nothing is lost, and the order stays', () => {
  const given = events('..aaaaaaaaaaaa.a.aaaaaaaaa')
  expect(fold(given).flatMap((part) => ('event' in part ? [part.event] : part.folded))).toEqual(given)
})
