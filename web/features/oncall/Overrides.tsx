import { Button } from '@mantine/core'
import { Panel } from '../../ui/Panel.tsx'
import { Empty } from '../../ui/States.tsx'
import { useZone } from '../../ui/Time.tsx'
import { millis } from '../../ui/time.ts'
import type { Override } from './data.ts'
import { useRemoveOverride } from './OverrideDialog.tsx'
import styles from './oncall.module.css'
import { overrideWords, spanWords } from './words.ts'

/** The exceptions of a schedule that run or come: who instead of whom, when and why, and the way to remove each. */
export function Overrides({
  overrides,
  scheduleId,
  now,
  not,
}: {
  overrides: readonly Override[]
  scheduleId: string
  now: number
  not: string | undefined
}) {
  const zone = useZone()
  const remove = useRemoveOverride(scheduleId)
  const ahead = overrides.filter(({ to }) => millis(to) > now)
  return (
    <Panel title="Overrides" words={ahead.length > 0 ? 'that run or come in these weeks' : undefined}>
      {ahead.length === 0 && (
        <Empty title="No overrides in these weeks.">
          An override puts somebody on call for a time, takes somebody off, or both: a swap, a day of leave.
        </Empty>
      )}
      <ul className={styles.list}>
        {ahead.map((override) => (
          <li key={override.id} className={styles.override}>
            <span className={`num ${styles.whole}`}>{spanWords(override, zone)}</span>
            <b className="clip">{overrideWords(override)}</b>
            <span className="faint clip">
              {[override.reason, override.createdBy && `by ${override.createdBy.name}`].filter(Boolean).join(', ')}
            </span>
            <Button
              onClick={() => remove.run(override)}
              disabled={Boolean(not) || remove.busy}
              title={not}
              aria-label={`Remove the override: ${overrideWords(override)}, ${spanWords(override, zone)}`}
            >
              {millis(override.from) < now ? 'End now' : 'Remove'}
            </Button>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
