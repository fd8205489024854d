import { parentPort } from 'node:worker_threads'
import type { DrawInput } from './draw-input.ts'
import { type Odds, oddsOf } from './odds.ts'

/** `stop`: its first place is not 0 when nobody wants the answer any more. */
export type DrawRequest = { id: number; input: DrawInput; stop: Int32Array<SharedArrayBuffer> }
export type DrawAnswer = { id: number; odds: Odds[] | null } | { id: number; error: string }

/** Draws nights off the main thread, one after the other. */
parentPort?.on('message', ({ id, input, stop }: DrawRequest) => {
  const answer = (): DrawAnswer => {
    try {
      return { id, odds: oddsOf(input, () => Atomics.load(stop, 0) !== 0) }
    } catch (error) {
      return { id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }
    }
  }
  parentPort?.postMessage(answer())
})
