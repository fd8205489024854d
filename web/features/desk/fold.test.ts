import { expect, test } from 'vitest'
import type { TimelineEvent } from '../../../contract/base.ts'
import { fold } from './fold.ts'

const events = (text: string) =>
  [...text].map(
    (letter, at) => ({ id: String(at), type: letter === 'a' ? 'alert.opened' : 'ticket.noted' }) as TimelineEvent,
  )
const shape = (text: string) =>
  fold(events(text))
    .map((part) => ('event' in part ? (part.event.type === 'alert.opened' ? 'a' : '.') : `(${part.folded.length})`))
    .join('')

test.each([
  ['', ''],
  ['...', '...'],
  ['.aaaaaaa.', '.aaaaaaa.'],
  ['.aaaaaaaa.', '.aaaa(4).'],
  ['aaaaaaaaaa', 'aaaa(6)'],
  ['aaaaaaaaa.aaaaaaaaa', 'aaaa(5).aaaa(5)'],
  ['aaa.aaa.aaa', 'aaa.aaa.aaa'],
])('of %s is shown %s', (given, expected) => {
  expect(shape(given)).toBe(expected)
})

test('nothing is lost, and the order stays', () => {
  const given = events('..aaaaaaaaaaaa.a.aaaaaaaaa')
  expect(fold(given).flatMap((part) => ('event' in part ? [part.event] : part.folded))).toEqual(given)
})
