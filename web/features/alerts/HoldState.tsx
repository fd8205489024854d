import { Status } from '../../ui/Marks.tsx'
import { useNow } from '../../ui/now.ts'
import { type Instant, millis } from '../../ui/time.ts'

type Props = { from: Instant | null; to: Instant | null; endedAt: Instant | null }

/** Whether it holds back now, later or no more. */
export function HoldState({ from, to, endedAt }: Props) {
  const now = useNow()
  if (endedAt !== null || (to !== null && millis(to) <= now)) return <Status tone="off">over</Status>
  if (from !== null && millis(from) > now) return <Status tone="off">later</Status>
  return <Status tone="warn">now</Status>
}
