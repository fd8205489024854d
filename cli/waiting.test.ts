import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { whileWaiting } from './waiting.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const terminal = (isTTY: boolean) => {
  const shown: string[] = []
  return { shown, err: { isTTY, write: (text: string) => shown.push(text) > 0 } }
}
const answerAfter = (ms: number, end: () => string = () => 'done') =>
  new Promise<string>((resolve, reject) =>
    setTimeout(() => {
      try {
        resolve(end())
      } catch (error) {
        reject(error)
      }
    }, ms),
  )

it('says on a terminal for how long it has waited, and takes that away with the answer', async () => {
  const { shown, err } = terminal(true)
  const waited = whileWaiting(() => answerAfter(4_500), err)
  await vi.advanceTimersByTimeAsync(5_000)
  expect(await waited).toBe('done')
  expect(shown).toEqual(['\r2 s …', '\r3 s …', '\r4 s …', '\r\u001b[K'])
})

it('takes it away as well when there is no answer', async () => {
  const { shown, err } = terminal(true)
  const fails = () => {
    throw new Error('away')
  }
  const waited = expect(whileWaiting(() => answerAfter(2_500, fails), err)).rejects.toThrow('away')
  await vi.advanceTimersByTimeAsync(5_000)
  await waited
  expect(shown).toEqual(['\r2 s …', '\r\u001b[K'])
})

it('says nothing of what is quick, and nothing where nobody looks', async () => {
  for (const [isTTY, ms] of [
    [true, 1_900],
    [false, 9_000],
  ] as const) {
    const { shown, err } = terminal(isTTY)
    const waited = whileWaiting(() => answerAfter(ms), err)
    await vi.advanceTimersByTimeAsync(10_000)
    await waited
    expect(shown).toEqual([])
  }
})
