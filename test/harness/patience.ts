import { setTimeout as pause } from 'node:timers/promises'

/** Asks until the answer is true, of real time; throws with what was waited for. */
export const until = async (what: string, ask: () => Promise<boolean>, withinMs = 20_000): Promise<void> => {
  for (const end = performance.now() + withinMs; performance.now() < end; ) {
    if (await ask()) return
    await pause(50)
  }
  if (await ask()) return
  throw new Error(`It did not come to this within ${withinMs / 1000} s: ${what}.`)
}
