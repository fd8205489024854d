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
  input: f,
  subject: `alert-key:${keyHash(f)}`,
  priority,
})

/** The work that stored signals leave: a row for each flip, and for each acknowledgement by the sender. */
export const dueOf = (stored: Stored, at: Instant, priorityOf: (sourceId: string) => Priority): DueInput[] => [
  ...stored.flips.map((f) => work('alerts.flip', at, f, priorityOf(f.sourceId))),
  ...stored.acknowledged.map((f) => work('alerts.sender_acknowledged', at, f, 2)),
]

const FLIPS_A_SECOND = 50

/**
 * Says how urgent the next flip of a source is: ordinary, or part of a flood once the source made more than 50 flips
 * within the last second in this process. So a tool that goes mad delays nobody else's pages.
 */
export const createFloodGauge = (nowMs: () => number = () => performance.now()): ((sourceId: string) => Priority) => {
  const windows = new Map<string, { since: number; flips: number; before: number }>()
  return (sourceId) => {
    const now = nowMs()
    let w = windows.get(sourceId)
    if (!w || now - w.since >= 1000) {
      const flowsOn = w !== undefined && now - w.since < 2000
      w = { since: flowsOn ? w!.since + 1000 : now, flips: 0, before: flowsOn ? w!.flips : 0 }
      windows.set(sourceId, w)
    }
    w.flips++
    const past = w.before * (1 - (now - w.since) / 1000)
    return past + w.flips > FLIPS_A_SECOND ? 2 : 1
  }
}
