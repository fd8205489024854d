import { expect, test } from 'vitest'
import { oneByOne } from './one-by-one.ts'

test('answers in their order, and lets others in between', async () => {
  const order: string[] = []
  const start = (name: string) => () => {
    order.push(name)
    setTimeout(() => order.push(`after ${name}`))
    return Promise.resolve(name)
  }
  expect(await oneByOne([start('a'), () => undefined, start('b')], new AbortController().signal)).toEqual([
    'a',
    undefined,
    'b',
  ])
  expect(order.indexOf('after a')).toBeLessThan(order.indexOf('b'))
})

test('begins nothing more once it is not wanted, and tells what failed', async () => {
  const abort = new AbortController()
  const begun: number[] = []
  const asked = oneByOne([() => begun.push(1), () => begun.push(2)], abort.signal)
  abort.abort()
  await expect(asked).rejects.toThrow()
  expect(begun).toEqual([1])
  const failing = oneByOne([() => Promise.reject(new Error('no')), () => 1], new AbortController().signal)
  await expect(failing).rejects.toThrow('no')
})
