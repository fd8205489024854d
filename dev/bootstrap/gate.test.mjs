import { expect, it } from 'vitest'
import { countTests } from './gate.mjs'

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
