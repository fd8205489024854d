import { expect, test } from 'vitest'
import { fits, inbox } from './inbox.ts'

const numbers = () => inbox<number>('number', String)

test('takes what is there already, oldest first, each once', async () => {
  const box = numbers()
  for (const n of [1, 2, 12]) box.add(n)
  expect(await box.next((n) => n > 1)).toBe(2)
  expect(await box.next((n) => n > 1)).toBe(12)
  expect(box.unexpected()).toEqual([1])
  expect(box.all()).toEqual([1, 2, 12])
})

test('wakes who waits, each for their own', async () => {
  const box = numbers()
  const even = box.next((n) => n % 2 === 0)
  const any = box.next(() => true)
  box.add(3)
  box.add(4)
  expect(await Promise.all([even, any])).toEqual([4, 3])
  box.expectNothingElse()
})

test('says what there was when nothing matched, and leaves it', async () => {
  const box = numbers()
  box.add(7)
  await expect(box.next((n) => n === 8, 10)).rejects.toThrow('No number matched within 10 ms. There was:\n  - 7')
  box.add(8)
  expect(box.unexpected()).toEqual([7, 8])
})

test('fails on what was not expected, until it is cleared', () => {
  const box = numbers()
  box.add(5)
  expect(() => box.expectNothingElse()).toThrow('Not expected, 1 number:\n  - 5')
  box.clear()
  box.expectNothingElse()
})

test('a global pattern has no memory between two looks', () => {
  const pattern = /down/g
  expect([fits(pattern, 'x is down'), fits(pattern, 'x is down'), fits('x', 'x is down'), fits(undefined, '')]).toEqual(
    [true, true, false, true],
  )
})
