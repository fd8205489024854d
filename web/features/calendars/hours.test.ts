import { expect, test } from 'vitest'
import { hoursOf, hoursWords } from './hours.ts'

test.each([
  ['', []],
  ['closed', []],
  ['8-18', [{ from: '08:00', to: '18:00' }]],
  [
    '08:00–12:00, 13:00 - 17:30',
    [
      { from: '08:00', to: '12:00' },
      { from: '13:00', to: '17:30' },
    ],
  ],
  ['22:00-24:00', [{ from: '22:00', to: '24:00' }]],
  ['all day', [{ from: '00:00', to: '24:00' }]],
  ['18-8', undefined],
  ['8', undefined],
  ['8-18-20', undefined],
  ['25-26', undefined],
  ['8:75-9', undefined],
])('%j', (text, hours) => expect(hoursOf(text)).toEqual(hours))

test('what is written is read as the same', () => {
  const open = [
    { from: '08:00', to: '12:00' },
    { from: '13:00', to: '24:00' },
  ]
  expect(hoursOf(hoursWords(open))).toEqual(open)
})
