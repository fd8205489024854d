import { expect, test } from 'vitest'
import { decisionWords, matchedWords, placeWords, takenWords } from './route-words.ts'

const nothing = { service: null, team: null, environment: null, priority: null, policy: null, opensIncident: null }
const named = (name: string) => ({ id: name, name })

test.each([
  [{ team: named('DBA'), priority: 2, opensIncident: false }, 'team DBA · P2 · no incident'],
  [{ service: named('Settlement'), environment: 'uat' as const }, 'service Settlement · uat'],
  [{ policy: named('Databases'), opensIncident: true }, 'policy Databases · an incident'],
  [{}, ''],
])('what a route decides, and nothing else: %o', (decided, words) => {
  expect(decisionWords({ ...nothing, ...decided }).join(' · ')).toBe(words)
})

test('where a route stands', () => {
  const routes = [named('a'), named('b')]
  expect(placeWords(routes, 'a')).toBe('is tried first')
  expect(placeWords(routes, 'b')).toBe('is tried after a')
})

test.each([
  [12, 500, '12 of the last 500 alerts'],
  [0, 500, 'It is for none of the last 500 alerts.'],
  [1, 1, 'It is for the one alert that there is.'],
  [0, 0, 'There is no alert yet to try it with.'],
])('%i of %i', (matched, looked, words) => {
  expect(matchedWords({ matched, looked })).toBe(words)
})

test('how many an earlier route takes', () => {
  const [free, taken] = [{ takenBy: null }, { takenBy: 'a' }]
  expect(takenWords([free, free])).toBeUndefined()
  expect(takenWords([taken])).toBe('An earlier route takes it.')
  expect(takenWords([free, taken])).toBe('Earlier routes take 1 of them.')
  expect(takenWords([taken, taken])).toBe('Earlier routes take all of them.')
})
