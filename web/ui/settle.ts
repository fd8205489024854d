import { flushSync } from 'react-dom'

let waiting: (() => void) | undefined

/**
 * Runs once the next frame is on the screen: what must not hold up the answer to a key. The last one given counts; a
 * key that acts on what it sets has it run before, see settle().
 */
export const afterFrame = (run: () => void): void => {
  if (!waiting) requestAnimationFrame(() => setTimeout(settle))
  waiting = run
}

/** Runs what waits for the frame now, and draws it. */
export const settle = (): void => {
  if (!waiting) return
  const run = waiting
  waiting = undefined
  flushSync(run)
}
