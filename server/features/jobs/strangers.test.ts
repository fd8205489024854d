import { expect, it } from 'vitest'
import { createStrangers } from './strangers.ts'

const guess = (s: ReturnType<typeof createStrangers>, from: string, times: number): number => {
  let answered = 0
  for (let i = 0; i < times; i++) {
    if (s.isSlowed(from, `guess ${i}`)) continue
    answered++
    s.wrong(from)
  }
  return answered
}

it('a million guesses from one address are answered some 300 times a minute; others, and what is right, go on', () => {
  let now = 120_000
  const strangers = createStrangers(() => now)
  strangers.right('a job')
  expect(guess(strangers, 'stranger', 1_000_000)).toBe(301)
  expect(strangers.isSlowed('stranger', 'a job')).toBe(false)
  expect(strangers.isSlowed('neighbour', 'another job')).toBe(false)
  // One look-up a second is left: a new job at the same address comes through with a second try.
  expect(strangers.isSlowed('stranger', 'a new job')).toBe(true)
  now += 1_000
  expect(strangers.isSlowed('stranger', 'a new job')).toBe(false)
  now += 60_000
  expect(guess(strangers, 'stranger', 10)).toBe(10)
})

it('the minute of an address begins with its first guess, not with one that all share', () => {
  let now = 119_900
  const strangers = createStrangers(() => now)
  expect(guess(strangers, 'stranger', 290)).toBe(290)
  now += 30_000
  expect(guess(strangers, 'stranger', 290)).toBe(11)
  now += 31_000
  expect(guess(strangers, 'stranger', 290)).toBe(290)
})
