import type { Instant } from '../../platform/clock.ts'
import { sha256 } from '../../platform/crypto.ts'
import type { DueInput, Priority } from '../../platform/due.ts'
import type { KeyName } from './key-rows.ts'
import type { Flip, Stored } from './store-signals.ts'

/** Names a key in the keys of due work, in locks and in subjects; dedup keys themselves may be long. */
export const keyHash = ({ sourceId, dedupKey }: KeyName): string => sha256(`${sourceId} ${dedupKey}`).slice(0, 32)

const work = (verb: string, at: Instant, f: Flip, priority: Priority): DueInput => ({
  key: `${verb}:${f.sourceId}:${keyHash(f)}:${f.flip}`,
  at,
  run: { name: verb },
  input: { ...f, flood: priority === 2 },
  subject: `alert-key:${keyHash(f)}`,
  priority,
})

/** The work that stored signals leave: a row for each flip, each acknowledgement by the sender and each change. */
export const dueOf = (stored: Stored, at: Instant, priorityOf: (sourceId: string) => Priority): DueInput[] => [
  ...stored.flips.map((f) => work('alerts.flip', at, f, priorityOf(f.sourceId))),
  ...stored.acknowledged.map((f) => work('alerts.sender_acknowledged', at, f, 2)),
  ...stored.changes.map(
    (c): DueInput => ({
      key: `alerts.note_change:${c.id}`,
      at,
      run: { name: 'alerts.note_change' },
      input: { ...c, at: at.epochMilliseconds },
      priority: 2,
    }),
  ),
]

const FLIPS_A_SECOND = 20

/**
 * Says how urgent the next flip of a source is: ordinary, or part of a flood once the source made more than 20 flips
 * within the last second in this process. So a tool that goes mad delays nobody else's pages.
 */
export const createFloodGauge = (nowMs: () => number = () => performance.now()): ((sourceId: string) => Priority) => {
  const seconds = new Map<string, { since: number; flips: number; before: number }>()
  return (sourceId) => {
    const now = nowMs()
    const known = seconds.get(sourceId)
    const age = known ? now - known.since : Number.POSITIVE_INFINITY
    let second = known
    if (!second || age >= 1000) {
      second =
        known && age < 2000
          ? { since: known.since + 1000, flips: 0, before: known.flips }
          : { since: now, flips: 0, before: 0 }
      seconds.set(sourceId, second)
    }
    second.flips++
    // Of the second before this one, as much as still lies within the last 1,000 ms.
    const before = second.before * (1 - (now - second.since) / 1000)
    return before + second.flips > FLIPS_A_SECOND ? 2 : 1
  }
}
