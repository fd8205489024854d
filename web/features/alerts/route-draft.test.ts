import { expect, test } from 'vitest'
import {
  conditionExamples,
  moveTo,
  newRouteDraft,
  previewInput,
  previewPlace,
  routeProblems,
  withExample,
} from './route-draft.ts'

const route = (id: string, enabled = true) => ({ id, enabled })
const routes = [route('a'), route('b', false), route('c', false), route('d')]

test('a route is moved before the one that it passes, or after all', () => {
  expect(moveTo(routes, 'a', -1)).toBeUndefined()
  expect(moveTo(routes, 'b', -1)).toEqual({ id: 'b', before: 'a' })
  expect(moveTo(routes, 'a', 1)).toEqual({ id: 'a', before: 'c' })
  expect(moveTo(routes, 'c', 1)).toEqual({ id: 'c', before: null })
  expect(moveTo(routes, 'd', 1)).toBeUndefined()
  expect(moveTo(routes, 'x', 1)).toBeUndefined()
})

test('the simulator is asked at the place of the route, also of one that is disabled', () => {
  expect(previewPlace(routes, undefined)).toEqual({ before: null })
  expect(previewPlace(routes, 'a')).toEqual({ id: 'a', before: null })
  expect(previewPlace(routes, 'b')).toEqual({ before: 'd' })
  expect(previewPlace([route('a'), route('b', false)], 'b')).toEqual({ before: null })
  expect(previewInput({ ...newRouteDraft, name: 'x' })).not.toHaveProperty('name')
})

test('what is missing is said at its field', () => {
  expect(Object.keys(routeProblems(newRouteDraft))).toEqual(['name', 'condition', 'teamId'])
  expect(routeProblems({ ...newRouteDraft, name: 'x', condition: 'true', opensIncident: false })).toEqual({})
})

test('an example never takes away what somebody wrote', () => {
  const [first, second] = conditionExamples
  expect(withExample(' ', first)).toBe(first)
  expect(withExample(second, first)).toBe(first)
  expect(withExample('a || b', first)).toBe(`(a || b)\n&& ${first}`)
})
