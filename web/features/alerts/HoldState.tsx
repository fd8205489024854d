import { Status } from '../../ui/Marks.tsx'
import { serverNow, useNow } from '../../ui/now.ts'
import { type Instant, millis } from '../../ui/time.ts'

type Props = { from: Instant | null; to: Instant | null; endedAt: Instant | null }

/** The server's time is known to some seconds. */
const networkMillis = 3000

/** Whether it holds back now, later or no more. */
export function HoldState({ from, to, endedAt }: Props) {
  // Shown anew each half minute, but by the time of now: what has just begun must not be shown as later.
  useNow()
  const now = serverNow() + networkMillis
  if (endedAt !== null || (to !== null && millis(to) <= now)) return <Status tone="off">over</Status>
  if (from !== null && millis(from) > now) return <Status tone="off">later</Status>
  return <Status tone="warn">now</Status>
}
