import { expect, it } from 'vitest'
import { endSentence, inDays } from './certificate.ts'
import { decodeText, headerLines, readEscapes } from './text.ts'

it.each([
  ['PING\\r\\n', 'PING\r\n'],
  ['\\t\\0\\x41\\X42', '\t\0AB'],
  ['a\\\\n', 'a\\n'],
  ['\\q \\xZZ \\', '\\q \\xZZ \\'],
])('the escapes in %s are read', (typed, meant) => expect(readEscapes(typed)).toBe(meant))

it.each([
  ['text/html; charset=iso-8859-1', [0xfc], 'ü'],
  ['text/html; charset="utf-16le"', [0x41, 0], 'A'],
  ['text/html; charset=klingon', [0xc3, 0xbc], 'ü'],
  [undefined, [0xff], '�'],
])('bytes as %s are read', (type, bytes, text) => expect(decodeText(Uint8Array.from(bytes), type)).toBe(text))

it('headers are listed one a line, keys of sessions masked', () => {
  expect(headerLines({ a: '1', b: ['2', '3'], 'set-cookie': ['s=1'], gone: undefined })).toBe(
    'a: 1\nb: 2\nb: 3\nset-cookie: ••••',
  )
})

it.each([
  [41, '41 days left', 'the certificate ends in 41 days'],
  [1, '1 day left', 'the certificate ends in 1 day'],
  [0, 'ends today', 'the certificate ends today'],
  [-1, 'ended 1 day ago', 'the certificate ended 1 day ago'],
])('%i days are put into words', (days, short, sentence) => {
  expect(inDays(days)).toBe(short)
  expect(endSentence(days)).toBe(sentence)
})
