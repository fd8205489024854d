import { expect, test } from 'vitest'
import { byCategory, matching, stageWords } from './words.ts'

const person = (name: string) => ({ id: name, name })
const stage = (people: string[], all: boolean, team?: string) => ({
  by: { kind: 'people' as const, people: people.map(person), team: team ? person(team) : null },
  all,
  expiryHours: 1,
  reminderHours: null,
})

test.each([
  [stage(['James T.'], false), 'James T. approves it.'],
  [stage(['A', 'B', 'C'], false), 'A, B or C approves it.'],
  [stage(['A', 'B'], true), 'A and B approve it.'],
  [stage([], false, 'DBA'), 'One of the leads of DBA approves it.'],
  [stage([], true, 'DBA'), 'All leads of DBA approve it.'],
])('who approves it: %#', (given, words) => expect(stageWords(given)).toBe(words))

const row = (category: string, name: string) => ({ category, name, description: 'to read something' })
const rows = [row('Access', 'Read access'), row('Access', 'Write access'), row('Workplace', 'Software')]

test('by category, in the order given', () => {
  expect(byCategory(rows).map(([name, of]) => [name, of.length])).toEqual([
    ['Access', 2],
    ['Workplace', 1],
  ])
})

test('every word that is typed must be somewhere', () => {
  expect(matching(rows, 'access READ').map(({ name }) => name)).toEqual(['Read access', 'Write access'])
  expect(matching(rows, 'software access')).toEqual([])
  expect(matching(rows, ' ')).toHaveLength(3)
})
