/** Tells what the start is at, and how long each step took. */
export const stepper = (say: (line: string) => void, elapsed: () => number = () => performance.now()) => {
  const began = elapsed()
  return {
    async step<T>(what: string, run: () => Promise<T>): Promise<T> {
      const from = elapsed()
      const made = await run()
      say(`  ${what.padEnd(44)} ${((elapsed() - from) / 1000).toFixed(1)} s`)
      return made
    },
    total: () => (elapsed() - began) / 1000,
  }
}
