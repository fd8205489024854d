import { describe, expect, it } from 'vitest'
import { htmlOf, safeAddress } from './markdown-html.ts'

describe('Markdown', () => {
  it('is what it is', () => {
    expect(htmlOf('# Do\n\n1. **Restart** `bridge`\n2. wait')).toBe(
      '<h3>Do</h3><ol>\n<li><strong>Restart</strong> <code>bridge</code></li>\n<li>wait</li>\n</ol>\n',
    )
    expect(htmlOf('one\ntwo')).toContain('one<br>two')
    expect(htmlOf('[wiki](https://wiki.example.com/x "The wiki")')).toContain(
      '<a href="https://wiki.example.com/x" title="The wiki" target="_blank" rel="noopener noreferrer nofollow">wiki</a>',
    )
    expect(htmlOf('[here](/tickets/INC-5)')).toContain('<a href="/tickets/INC-5">here</a>')
  })

  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<svg onload=alert(1)></svg>',
    'a <iframe src="https://x.example"></iframe> b',
    '<a href="javascript:alert(1)">x</a>',
    '<style>*{display:none}</style>',
    '<!-- <b> -->',
  ])('shows HTML as it was written: %s', (text) => {
    expect(htmlOf(text)).not.toMatch(/<(script|img|svg|iframe|a|style|!--)/i)
    expect(htmlOf(text)).toContain('&lt;')
  })

  it.each([
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](data:text/html,<script>alert(1)</script>)',
    '[x](vbscript:x)',
    '[x](//evil.example)',
    '[x](/\\evil.example)',
    '![x](javascript:alert(1))',
    '[x](&#106;avascript:alert(1))',
    '<javascript:alert(1)>',
  ])('leads nowhere it should not: %s', (text) => expect(htmlOf(text)).not.toMatch(/href/))

  it('fetches no picture', () => {
    expect(htmlOf('![Graph](https://x.example/g.png)')).toContain('Picture “Graph” at x.example</a>')
    expect(htmlOf('![Graph](https://x.example/g.png)')).not.toContain('<img')
    expect(htmlOf('![" onload="x](https://x.example/"g.png)')).not.toMatch(/ onload="/)
  })
})

it('an address is safe or none', () => {
  expect(safeAddress(' https://x.example ')).toBe('https://x.example')
  expect(safeAddress('mailto:a@b.example')).toBe('mailto:a@b.example')
  for (const bad of ['', 'x', 'ftp://x', 'java\nscript:x', 'https://a b', '\u0001javascript:x'])
    expect(safeAddress(bad)).toBeUndefined()
})
