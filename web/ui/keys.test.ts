import { expect, test } from 'vitest'
import { type Binding, isBindable, resolve, strokeOf } from './keys.ts'

const binding = (key: string): Binding => ({ key, label: key, run: () => {} })
const press = (key: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> = {}) =>
  strokeOf({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held })

test.each([
  'j',
  '?',
  '/',
  'g q',
  'Enter',
  'Space',
  'Escape',
  'shift+Enter',
  'shift+ArrowUp',
  'mod+k',
  'mod+Enter',
  'ö',
])('%s may be bound', (key) => {
  expect(isBindable(key)).toBe(true)
})

test.each(['mod+t', 'mod+w', 'mod+f', 'mod+r', 'F5', 'Tab', 'Backspace', 'alt+d', 'PageDown', 'g mod+k', 'g q x', ''])(
  '%s is left to the browser',
  (key) => {
    expect(isBindable(key)).toBe(false)
  },
)

test('a stroke is named by what it types, whatever the keyboard needs for it', () => {
  expect(press('j')).toBe('j')
  expect(press('?', { shiftKey: true })).toBe('?')
  expect(press('X', { shiftKey: true })).toBe('X')
  expect(press('J')).toBe('j')
  expect(press(' ')).toBe('Space')
  expect(press('Enter', { shiftKey: true })).toBe('shift+Enter')
  expect(press('K', { ctrlKey: true })).toBe('mod+k')
  expect(press('k', { metaKey: true })).toBe('mod+k')
})

test('a stroke with Alt, or Ctrl and Shift, is never ours', () => {
  expect(press('j', { altKey: true })).toBeUndefined()
  expect(press('k', { ctrlKey: true, shiftKey: true })).toBeUndefined()
  expect(press('@', { ctrlKey: true, altKey: true })).toBeUndefined()
})

test('a sequence waits for its second key; another key starts anew', () => {
  const table = [binding('g q'), binding('g f'), binding('q'), binding('j')]
  expect(resolve(table, '', 'g')).toBe('pending')
  expect(resolve(table, 'g', 'q')).toBe(table[0])
  expect(resolve(table, 'g', 'j')).toBe(table[3])
  expect(resolve(table, 'g', 'x')).toBeUndefined()
  expect(resolve(table, '', 'q')).toBe(table[2])
})

test('the first in the table wins, so that a panel may use a key of the page below', () => {
  const [inner, outer] = [binding('e'), binding('e')]
  expect(resolve([inner, outer], '', 'e')).toBe(inner)
})
