import { expect, test } from 'vitest'
import type { TimelineEvent } from '../../../contract/base.ts'
import { fold } from './fold.ts'

const types: Record<string, string> = { a: 'alert.opened', c: 'ticket.caller_added', l: 'ticket.linked' }
const events = (text: string) =>
  [...text].map((letter, at) => ({ id: String(at), type: types[letter] ?? 'ticket.noted' }) as TimelineEvent)
const shape = (text: string) =>
  fold(events(text))
    .map((part) =>
      'event' in part
        ? (Object.keys(types).find((letter) => types[letter] === part.event.type) ?? '.')
        : `(${part.folded.length} ${part.about})`,
    )
    .join('')

test.each([
  ['', ''],
  ['...', '...'],
  ['.aaaaaaa.', '.aaaaaaa.'],
  ['.aaaaaaaa.', '.aaaa(4 alerts).'],
  ['aaaaaaaaaa', 'aaaa(6 alerts)'],
  ['aaaaaaaaa.aaaaaaaaa', 'aaaa(5 alerts).aaaa(5 alerts)'],
  ['aaa.aaa.aaa', 'aaa.aaa.aaa'],
  ['lclclclclc.', 'lclc(6 callers).'],
  ['aaaaccccc', 'aaaaccccc'],
])('of %s is shown %s', (given, expected) => {
  expect(shape(given)).toBe(expected)
})

test('nothing is lost, and the order stays', () => {
  const given = events('..aaaaaaaaaaaa.a.aaaaaaaaa')
  expect(fold(given).flatMap((part) => ('event' in part ? [part.event] : part.folded))).toEqual(given)
})
