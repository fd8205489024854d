type Found<Starts extends readonly (() => unknown)[]> = { [At in keyof Starts]: Awaited<ReturnType<Starts[At]>> }

/** What all of them answer. Each is begun in a turn of its own, so that a key that is pressed meanwhile waits for one, not for all. */
export const oneByOne = async <const Starts extends readonly (() => unknown)[]>(
  starts: Starts,
  signal: AbortSignal,
): Promise<Found<Starts>> => {
  const begun: Promise<unknown>[] = []
  for (const start of starts) {
    signal.throwIfAborted()
    const one = Promise.resolve(start())
    // Whoever waits for all of them hears of it.
    one.catch(() => undefined)
    begun.push(one)
    await new Promise((turn) => setTimeout(turn))
  }
  return (await Promise.all(begun)) as Found<Starts>
}
