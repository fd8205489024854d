import { expect, test } from 'vitest'
import { paths, safeThen } from './paths.ts'

test('what stands in an address is encoded, a parameter of a pattern is not', () => {
  expect(paths.ticket('INC/20 43')).toBe('/tickets/INC%2F20%2043')
  expect(paths.ticket('$number')).toBe('/tickets/$number')
})

test('after signing in one comes back to where one was', () => {
  const then = new URL(paths.signIn('/queue?q=state:open'), 'http://localhost').searchParams.get('then')
  expect(safeThen(then)).toBe('/queue?q=state:open')
})

test.each([undefined, '', 'https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)'])(
  '%s is no place to go',
  (then) => {
    expect(safeThen(then)).toBe('/')
  },
)
