import type { ReactElement } from 'react'
import { expect, test } from 'vitest'
import { Linked } from './Linked.tsx'

test.each([
  ['Monitor: http://localhost:9282/monitors/1', ['http://localhost:9282/monitors/1']],
  ['See (https://a.example/x?y=1), then http://b.example.', ['https://a.example/x?y=1', 'http://b.example']],
  ['javascript:alert(1) and <https://a.example>"', ['https://a.example']],
  ['no address', []],
])('%j has its addresses as links', (text, links) => {
  const parts = Linked({ text }) as (string | ReactElement<{ href: string; children: string }>)[]
  const linked = parts.filter((part) => typeof part !== 'string')
  expect(linked.map(({ props }) => props.href)).toEqual(links)
  expect(parts.map((part) => (typeof part === 'string' ? part : part.props.children)).join('')).toBe(text)
})
