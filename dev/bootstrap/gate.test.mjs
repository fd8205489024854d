import { expect, it } from 'vitest'
import { countTests, filesToTryAgain, withSecondRun } from './gate.mjs'

const file = (status, ...tests) => ({ status, assertionResults: tests.map((test) => ({ status: test })) })
const report = (numPassedTests, numFailedTests, ...testResults) => ({ numPassedTests, numFailedTests, testResults })

it.each([
  ['all pass', report(2, 0, file('passed', 'passed', 'passed')), 0, { passed: 2, failed: 0 }],
  ['one fails', report(1, 1, file('failed', 'passed', 'failed')), 1, { passed: 1, failed: 1 }],
  ['a file cannot be loaded', report(1, 0, file('passed', 'passed'), file('failed')), 1, { passed: 1, failed: 1 }],
  ['a hook fails after tests that passed', report(1, 0, file('failed', 'passed')), 1, { passed: 1, failed: 1 }],
  ['an error outside of any test', report(1, 0, file('passed', 'passed')), 1, { passed: 1, failed: 1 }],
  ['no test was found', report(0, 0), 1, { passed: 0, failed: 1 }],
])('counts: %s', (_, results, code, expected) => {
  expect(countTests(results, code)).toEqual(expected)
})

const named = (name, ...states) => ({
  name,
  status: states.includes('failed') ? 'failed' : 'passed',
  assertionResults: states.map((status) => ({ status })),
})

it('what failed is tried once more, unless it is no matter of luck', () => {
  expect(filesToTryAgain({ testResults: [named('a', 'passed'), named('b', 'failed'), named('c', 'failed')] })).toEqual([
    'b',
    'c',
  ])
  const many = Array.from({ length: 13 }, (_, index) => named(`f${index}`, 'failed'))
  expect(filesToTryAgain({ testResults: many })).toEqual([])
})

it('of files that were run again, the second run counts', () => {
  const first = { testResults: [named('a', 'passed', 'skipped'), named('b', 'failed', 'passed'), named('c', 'failed')] }
  const second = { testResults: [named('b', 'passed', 'passed'), named('c', 'failed')] }
  expect(countTests(withSecondRun(first, second), 1)).toEqual({ passed: 3, failed: 1 })
})
