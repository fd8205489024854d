import { expect, test } from 'vitest'
import { type Outcome, type Said, stageOutcome } from './stage-outcome.ts'

const said = (words: string): Said[] =>
  words
    .split(' ')
    .filter(Boolean)
    .map((one) => {
      const [seat = '', state = ''] = one.split(':')
      return { seat, state: state as Said['state'] }
    })

test.each<[string, boolean, Outcome]>([
  ['', false, 'waiting'],
  ['', true, 'waiting'],
  ['a:asked b:asked', false, 'waiting'],
  ['a:approved b:asked', false, 'passed'],
  ['a:approved b:asked', true, 'waiting'],
  ['a:approved b:approved', true, 'passed'],
  ['a:refused b:asked', false, 'refused'],
  ['a:approved b:refused', true, 'refused'],
  // Whoever stands in sits in the same seat, and one of several who do is enough.
  ['a:left a:asked b:approved', true, 'waiting'],
  ['a:left a:approved a:asked b:approved', true, 'passed'],
  ['a:passed_on a:approved', false, 'passed'],
  ['a:expired b:approved', true, 'waiting'],
  ['a:nobody', false, 'waiting'],
])('%s, all: %s → %s', (words, all, outcome) => {
  expect(stageOutcome(all, said(words))).toBe(outcome)
})
