import { expect, test } from 'vitest'
import { isFresh, stepsOf } from './steps.ts'

const nothing = { reached: false, services: false, onCall: false, monitors: false, sources: false }

test('each ticks itself off', () => {
  const may = {
    'contact.write': 'own',
    'service.write': 'all',
    'schedule.write': 'all',
    'monitor.write': 'all',
    'source.write': 'all',
  }
  expect(stepsOf(nothing, may).map(({ done }) => done)).toEqual([false, false, false, false, false])
  expect(
    stepsOf({ ...nothing, onCall: true }, may)
      .filter(({ done }) => done)
      .map(({ name }) => name),
  ).toEqual(['onCall'])
  expect(stepsOf(nothing, may).every(({ not }) => not === undefined)).toBe(true)
})

test('who may not do it is told who does', () => {
  const steps = stepsOf(nothing, { 'contact.write': 'own', 'monitor.write': 'team' })
  expect(steps.filter(({ not }) => not !== undefined).map(({ name }) => name)).toEqual([
    'services',
    'onCall',
    'sources',
  ])
})

test.each([
  [nothing, true],
  [{ ...nothing, services: true, onCall: true }, true],
  [{ ...nothing, sources: true }, false],
  [{ ...nothing, monitors: true }, false],
])('%j', (setUp, fresh) => expect(isFresh(setUp)).toBe(fresh))
