import type { AlertDetail } from './words.ts'

type Signal = AlertDetail['signals'][number]

/** The same said again and again: the newest of it, how often, and since when. */
export type Run = { newest: Signal; count: number; since: string }

const said = ({ kind, severity, summary, notes }: Signal) => JSON.stringify([kind, severity, summary, notes])

/** Signals, newest first, with what was only repeated in one row. */
export const runsOf = (signals: readonly Signal[]): Run[] => {
  const runs: Run[] = []
  for (const signal of signals) {
    const last = runs.at(-1)
    if (last && said(last.newest) === said(signal)) {
      last.count += 1
      last.since = signal.at
    } else runs.push({ newest: signal, count: 1, since: signal.at })
  }
  return runs
}
