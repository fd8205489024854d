import { Status } from '../../ui/Marks.tsx'
import { useNow } from '../../ui/now.ts'
import { millis } from '../../ui/time.ts'
import type { SourceRow } from './words.ts'

const day = 86_400_000

/** Whether it is heard: disabled, never heard, sent what could not be read, or fine. */
export function SourceState({ source }: { source: SourceRow }) {
  const now = useNow()
  if (!source.enabled) return <Status tone="off">disabled</Status>
  if (source.lastProblemAt && now - millis(source.lastProblemAt) < day) return <Status tone="warn">problems</Status>
  if (source.lastAt === null) return <Status tone="off">never heard</Status>
  return <Status tone="ok">heard</Status>
}

/** '12 a minute', '0.4 a minute', and nothing when it is quiet. */
export const rate = (perMinute: number): string => {
  if (perMinute <= 0) return ''
  return perMinute < 10
    ? `${Number(perMinute.toFixed(1))} a min`
    : `${Math.round(perMinute).toLocaleString('en-GB')} a min`
}
