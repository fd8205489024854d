import { Worker } from 'node:worker_threads'
import type { Replayed } from './backtest.ts'
import type { DrawInput } from './draw-input.ts'
import type { DrawAnswer, DrawRequest, Task } from './draws-worker.ts'
import type { Odds } from './odds.ts'
import type { BacktestInput } from './replay.ts'

/** Has nights drawn by a worker. */
export type Drawer = {
  /** The odds of each target. Rejects with the signal’s reason when that is aborted, and once the drawer is closed. */
  draw(input: DrawInput, signal?: AbortSignal): Promise<Odds[]>
  /** Takes seconds or minutes, and what is asked after it waits: have another drawer for it. */
  backtest(input: BacktestInput, signal?: AbortSignal): Promise<Replayed>
  close(): Promise<void>
}

type Waiting = {
  request: DrawRequest
  tries: number
  resolve(found: never): void
  reject(error: unknown): void
}

/** What was being drawn when a worker died is drawn once more by the next; twice, and it may be to blame. */
const MOST_TRIES = 2

const code = new URL('./draws-worker.ts', import.meta.url)

/** Starts its worker when there is something to draw. `worker` is for tests that want it to die. */
export const startDrawer = (worker: () => Worker = () => new Worker(code)): Drawer => {
  const waiting = new Map<number, Waiting>()
  let current: Worker | null = null
  let closed = false
  let lastId = 0

  const answered = (answer: DrawAnswer) => {
    const one = waiting.get(answer.id)
    if (!one) return
    settle(answer.id)
    if ('error' in answer) one.reject(new Error(`The night could not be drawn: ${answer.error}`))
    else if (answer.found) one.resolve(answer.found as never)
  }

  const settle = (id: number) => {
    waiting.delete(id)
    if (waiting.size === 0) current?.unref()
  }

  const died = (dead: Worker, why: string) => {
    if (current !== dead) return
    current = null
    for (const [id, one] of waiting) {
      one.tries += 1
      if (one.tries <= MOST_TRIES && !closed) continue
      waiting.delete(id)
      one.reject(new Error(`The night could not be drawn: ${why}`))
    }
    for (const one of waiting.values()) post(one)
  }

  const running = (): Worker => {
    if (current) return current
    const started = worker()
    current = started
    let why = 'its worker ended.'
    started.on('message', answered)
    started.on('error', (error) => {
      why = error instanceof Error ? error.message : String(error)
    })
    started.on('exit', () => died(started, why))
    return started
  }

  const post = (one: Waiting) => {
    const to = running()
    to.ref()
    to.postMessage(one.request)
  }

  const ask = <Found>(task: Task, signal: AbortSignal | undefined): Promise<Found> =>
    new Promise((resolve, reject) => {
      if (closed) return reject(new Error('The drawer is closed.'))
      if (signal?.aborted) return reject(signal.reason)
      const id = ++lastId
      const stop = new Int32Array(new SharedArrayBuffer(4))
      const abandon = () => {
        Atomics.store(stop, 0, 1)
        settle(id)
        reject(signal?.reason)
      }
      signal?.addEventListener('abort', abandon, { once: true })
      const done = () => signal?.removeEventListener('abort', abandon)
      const one: Waiting = {
        request: { id, task, stop },
        tries: 1,
        resolve: (found) => {
          done()
          resolve(found)
        },
        reject: (error) => {
          done()
          reject(error)
        },
      }
      waiting.set(id, one)
      post(one)
    })

  return {
    draw: (input, signal) => ask<Odds[]>({ kind: 'odds', input }, signal),
    backtest: (input, signal) => ask<Replayed>({ kind: 'backtest', input }, signal),
    async close() {
      closed = true
      for (const { request } of waiting.values()) Atomics.store(request.stop, 0, 1)
      await current?.terminate()
    },
  }
}
