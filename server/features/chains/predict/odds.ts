import type { DrawInput } from './draw-input.ts'
import { type Drawing, drawNight, type Rows, rowOf, type Stopped } from './draws.ts'

/** What a thousand nights like this one say of a target. Instants in milliseconds; null: not on this date. */
export type Odds = {
  node: number
  /** By these times it has ended in 10, 50, 80, 90 and 95 of 100 nights. */
  p10: number | null
  p50: number | null
  p80: number | null
  p90: number | null
  p95: number | null
  /** In which share of the nights it ends after its deadline; null: it has none. */
  miss: number | null
  /** Jobs that can be acted on now, those first whose end now would help most: with the odds to miss then. */
  acts: Act[]
}

export type Act = { node: number; missThen: number; gain: number }

const WORTH_A_LOOK = 0.01
const MOST_ACTS = 4
const WALKS = 200
/** Of so many targets, those without a deadline are only shown, and to sort all their draws would take half of the time. */
const MANY = 500
const DRAWS_OF_MANY = 250

/** Draws the nights and counts. Null if it was stopped. */
export const oddsOf = (input: DrawInput, stopped: Stopped = () => false): Odds[] | null => {
  const drawing = drawNight(input, stopped)
  if (!drawing) return null
  const found: Odds[] = []
  for (const { slot, due } of input.targets) {
    const ends = rowOf(drawing.rows, slot)
    const isShown = due === null && input.targets.length > MANY
    const inOrder = (isShown ? ends.subarray(0, DRAWS_OF_MANY) : ends).toSorted()
    const at = (share: number): number | null => {
      const seconds = inOrder[Math.min(inOrder.length - 1, Math.ceil(share * inOrder.length) - 1)] as number
      return seconds === Number.POSITIVE_INFINITY ? null : input.now + 1000 * seconds
    }
    const miss = due === null ? null : missed(ends, limitOf(input, due))
    const acts =
      input.acts && due !== null && (miss ?? 0) >= WORTH_A_LOOK ? actsFor(input, drawing, slot, due, stopped) : []
    if (acts === null) return null
    found.push({
      node: input.nodeOf[slot] as number,
      p10: at(0.1),
      p50: at(0.5),
      p80: at(0.8),
      p90: at(0.9),
      p95: at(0.95),
      miss,
      acts,
    })
  }
  return found
}

const limitOf = ({ now }: DrawInput, due: number) => (due - now) / 1000

const missed = (ends: Float32Array, limit: number): number => {
  let late = 0
  for (const end of ends) if (end > limit) late++
  return late / ends.length
}

const actsFor = (input: DrawInput, drawing: Drawing, target: number, due: number, stopped: Stopped): Act[] | null => {
  const limit = limitOf(input, due)
  const acts: Act[] = []
  for (const slot of culprits(input, drawing.rows, target, limit)) {
    if (stopped()) return null
    const ends = drawing.withEnded(slot, target)
    const before = missed(rowOf(drawing.rows, target).subarray(0, ends.length), limit)
    const missThen = missed(ends, limit)
    acts.push({ node: input.nodeOf[slot] as number, missThen, gain: before - missThen })
  }
  return acts.filter((act) => act.gain > 0).toSorted((a, b) => b.gain - a.gain)
}

/** Jobs at which the ways of late nights begin: what runs now, or waits for its time and no other job. */
const culprits = (input: DrawInput, rows: Rows, target: number, limit: number): number[] => {
  const isDrawn = new Set(input.drawn)
  const ends = rowOf(rows, target)
  const late = [...ends.keys()].filter((k) => (ends[k] as number) > limit).slice(0, WALKS)
  const counts = new Map<number, number>()
  for (const k of late) {
    const slot = beginningOf(input, isDrawn, rows, target, k)
    if (slot !== null) counts.set(slot, (counts.get(slot) ?? 0) + 1)
  }
  return [...counts]
    .toSorted((a, b) => b[1] - a[1])
    .map(([slot]) => slot)
    .slice(0, MOST_ACTS)
}

/** Back along the operands that made each begin when it did. Null: it begins with one that has ended, or in a circle. */
const beginningOf = (
  { circuit, nodeOf, now }: DrawInput,
  isDrawn: ReadonlySet<number>,
  rows: Rows,
  target: number,
  k: number,
): number | null => {
  const { first, operands, earliest, floor } = circuit
  let last: number | null = null
  const seen = new Set<number>()
  for (let s = target; !seen.has(s); ) {
    seen.add(s)
    if (isDrawn.has(s) && (nodeOf[s] as number) >= 0) last = s
    let chosen = -1
    let time = earliest[s] ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY
    for (let e = first[s] as number; e < (first[s + 1] as number); e++) {
      const operand = operands[e] as number
      const end = rows.ends[operand * rows.draws + k] as number
      if (chosen >= 0 && (earliest[s] ? end >= time : end <= time)) continue
      chosen = operand
      time = end
    }
    const waitsForOthers = chosen >= 0 && (earliest[s] || time > ((floor[s] as number) - now) / 1000)
    if (!waitsForOthers) return last
    s = chosen
  }
  return null
}
