import { expect, test } from 'vitest'
import { lengthOf, mainClocks } from './clock-words.ts'

test.each([
  [0, '0 min'],
  [40.9, '40 min'],
  [60, '1 h'],
  [1_570, '26 h 10 min'],
  [-4, '−4 min'],
  [-0.4, '0 min'],
])('%d minutes', (minutes, words) => expect(lengthOf(minutes)).toBe(words))

test('each clock stands once, with its latest run', () => {
  const run = (name: 'update' | 'resolution', cycle: number) => ({ name, label: '', cycle })
  const all = mainClocks([run('update', 1), run('resolution', 1), run('update', 2)])
  expect(all.map(({ clock, earlier }) => [clock.name, clock.cycle, earlier.length])).toEqual([
    ['update', 2, 1],
    ['resolution', 1, 0],
  ])
})
