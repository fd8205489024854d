import { expect, test } from 'vitest'
import { turn } from './turn.ts'

test('the first goes at once, the others one after the other, with room between them', async () => {
  const order: string[] = []
  const ask = async (name: string) => {
    await turn()
    order.push(name)
    // Only a task of its own lets this come before the next one.
    void Promise.resolve()
      .then(() => undefined)
      .then(() => order.push(`after ${name}`))
  }
  expect(turn()).toBeUndefined()
  await Promise.all(['a', 'b', 'c'].map(ask))
  await new Promise((done) => setTimeout(done, 20))
  expect(order).toEqual(['a', 'after a', 'b', 'after b', 'c', 'after c'])
  expect(turn()).toBeUndefined()
})
