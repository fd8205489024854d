import { readArguments } from './arguments.ts'

/** Wraps the command and ends with its status. False when the arguments need explaining. */
export const runJob = async (given: string[]): Promise<boolean> => {
  const asked = readArguments(given)
  if (!asked) return false
  const { supervise } = await import('./supervise.ts')
  process.exit(await supervise(asked))
}

/** `spool deliver --for <seconds> [--stdin]`: the courier, as supervise.* starts it in the background. */
export const deliverSpool = async (options: string[]): Promise<void> => {
  // A terminal that is closed, or a service that is stopped, ends the job; what it said last must still get through.
  for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) process.on(signal, () => {})
  const option = (name: string) => (options.includes(name) ? options[options.indexOf(name) + 1] : undefined)
  const patienceMs = (Number(option('--for')) || 5) * 1000
  const { deliver, deliverOne } = await import('./courier.ts')
  if (options.includes('--stdin')) {
    const { parsePing } = await import('./record.ts')
    const { buffer } = await import('node:stream/consumers')
    const ping = parsePing(await buffer(process.stdin))
    if (ping) await deliverOne(ping, patienceMs)
  }
  const run = option('--run')
  const began = performance.now()
  const left = () => Math.max(0, patienceMs - (performance.now() - began))
  for (;;) {
    const { why } = await deliver(left())
    if (!run || (await settled(run, why, left))) return
  }
}

/** Somebody waits for this run: what became of it is told, unless another courier has given it back in good time. */
const settled = async (run: string, why: string | null, left: () => number): Promise<boolean> => {
  const { contents, isTaken } = await import('./spool.ts')
  while (isTaken(run) && left() > 0) await new Promise((resolve) => setTimeout(resolve, 50))
  const last = contents().findLast(({ ping }) => ping.run === run)
  if (!last) return true
  if (!last.refused && left() > 0) return false
  process.stderr.write(
    `watchfloor: ${last.refused ?? `${why ?? 'It was not delivered.'} It is kept and sent later.`}\n`,
  )
  return true
}
