import { parentPort } from 'node:worker_threads'
import { type Replayed, replayAll } from './backtest.ts'
import type { DrawInput } from './draw-input.ts'
import { type Odds, oddsOf } from './odds.ts'
import type { BacktestInput } from './replay.ts'

export type Task = { kind: 'odds'; input: DrawInput } | { kind: 'backtest'; input: BacktestInput }
/** `stop`: its first place is not 0 when nobody wants the answer any more. */
export type DrawRequest = { id: number; task: Task; stop: Int32Array<SharedArrayBuffer> }
export type DrawAnswer = { id: number; found: Odds[] | Replayed | null } | { id: number; error: string }

/** Draws nights off the main thread, one after the other. */
parentPort?.on('message', ({ id, task, stop }: DrawRequest) => {
  const stopped = () => Atomics.load(stop, 0) !== 0
  const answer = (): DrawAnswer => {
    try {
      return { id, found: task.kind === 'odds' ? oddsOf(task.input, stopped) : replayAll(task.input, stopped) }
    } catch (error) {
      return { id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }
    }
  }
  parentPort?.postMessage(answer())
})
