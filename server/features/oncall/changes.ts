import type { Shift } from './schedule-rules.ts'

/** From `from` until before `to` other people are on call than before: user ids, sorted; empty: nobody. */
export type Change = { from: Temporal.Instant; to: Temporal.Instant; before: string[]; after: string[] }

function usersAt(shifts: readonly Shift[], at: number): string[] {
  const users = shifts
    .filter(({ from, to }) => from.epochMilliseconds <= at && at < to.epochMilliseconds)
    .map(({ userId }) => userId)
  return [...new Set(users)].sort()
}

/** Where two final timelines over the same time put different people on call, in order; touching equal changes are one. */
export function changesBetween(before: readonly Shift[], after: readonly Shift[]): Change[] {
  const edges = new Set([...before, ...after].flatMap(({ from, to }) => [from.epochMilliseconds, to.epochMilliseconds]))
  const sorted = [...edges].sort((a, b) => a - b)
  const found: Change[] = []
  for (const [i, edge] of sorted.entries()) {
    const end = sorted[i + 1]
    if (end === undefined) break
    const [was, is] = [usersAt(before, edge), usersAt(after, edge)]
    if (was.join() === is.join()) continue
    const [from, to] = [Temporal.Instant.fromEpochMilliseconds(edge), Temporal.Instant.fromEpochMilliseconds(end)]
    const last = found.at(-1)
    const goesOn = last?.to.equals(from) && last.before.join() === was.join() && last.after.join() === is.join()
    if (last && goesOn) last.to = to
    else found.push({ from, to, before: was, after: is })
  }
  return found
}
