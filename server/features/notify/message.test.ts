import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cleanMessage, displayTime, instantOf, type Message, oneLine } from './message.ts'

const message = (more: Partial<Message> = {}): Message => ({
  id: '0198c0de-0000-7000-8000-000000000001',
  class: 'page',
  title: 'Equities order entry is down',
  lines: [],
  links: [],
  at: '2026-03-04T07:10:22+01:00[Europe/Zurich]',
  ...more,
})

describe('a title', () => {
  test.each([
    ['a header is smuggled in', 'Down\r\nBcc: eve@example.com', 'Down Bcc: eve@example.com'],
    ['NUL', 'Do\0wn', 'Do wn'],
    ['a right-to-left override', 'report\u202efdp.exe', 'report fdp.exe'],
    ['a line separator', 'one\u2028two', 'one two'],
    ['half an emoji', 'broken \ud83d', 'broken \ufffd'],
    ['a whole emoji', 'fire 🔥', 'fire 🔥'],
  ])('%s', (_, given, cleaned) => {
    expect(oneLine(given)).toBe(cleaned)
  })

  test('is cut at 200, never inside a letter', () => {
    expect(oneLine('x'.repeat(200))).toBe('x'.repeat(200))
    expect(oneLine('x'.repeat(201))).toBe(`${'x'.repeat(199)}…`)
    expect(oneLine('🔥'.repeat(101))).toBe(`${'🔥'.repeat(99)}…`)
  })

  test('that is empty says so', () => {
    expect(cleanMessage(message({ title: ' \r\n ' })).title).toBe('No title')
  })
})

describe('cleaning', () => {
  test('keeps lines as lines and tabs as tabs', () => {
    const { lines } = cleanMessage(message({ lines: ['a\r\nb\nc', 'd\te\0'] }))
    expect(lines).toEqual(['a', 'b', 'c', 'd\te'])
  })

  test('says how many lines it left out', () => {
    const { lines } = cleanMessage(message({ lines: Array.from({ length: 500 }, (_, i) => `line ${i}`) }))
    expect(lines).toHaveLength(200)
    expect(lines.at(-1)).toBe('301 more lines were left out.')
  })

  test('leaves out links that are not http or https', () => {
    const urls = [
      'https://w.example/a',
      'javascript:alert(1)',
      'data:text/html,x',
      'ftp://x/y',
      'nonsense',
      'http://w.example/b',
    ]
    const { links } = cleanMessage(message({ links: urls.map((url) => ({ label: url, url })) }))
    expect(links.map((l) => l.url)).toEqual(['https://w.example/a', 'http://w.example/b'])
  })

  test('a link cannot bring quotes or line breaks', () => {
    const { links } = cleanMessage(message({ links: [{ label: 'x', url: 'https://w.example/"><script>\r\nX: y' }] }))
    expect(links[0]?.url).not.toMatch(/["<>\r\n]/)
  })

  const text = fc.string({ unit: 'binary', maxLength: 300 })
  test('twice is the same as once, and no header field holds a control character', () => {
    fc.assert(
      fc.property(text, fc.array(text), text, (title, lines, value) => {
        const once = cleanMessage(message({ title, lines, facts: [{ label: title, value }] }))
        expect(cleanMessage(once)).toEqual(once)
        expect(once.title + once.facts?.[0]?.value).not.toMatch(/\p{Cc}/u)
        expect(once.lines.join('')).not.toMatch(/[^\P{Cc}\t]/u)
        expect(once.title.isWellFormed()).toBe(true)
      }),
    )
  })
})

describe('time', () => {
  test('is shown with its zone', () => {
    expect(displayTime('2026-03-04T07:10:22+01:00[Europe/Zurich]')).toBe(
      'Wed, 4 Mar 2026, 07:10:22 CET (Europe/Zurich)',
    )
    expect(displayTime('2026-03-04T06:10:22Z')).toBe('Wed, 4 Mar 2026, 06:10:22 UTC')
  })

  test('is the same instant in any zone', () => {
    expect(instantOf('2026-03-04T07:10:22+01:00[Europe/Zurich]').toString()).toBe('2026-03-04T06:10:22Z')
  })
})
