import { Radio } from '@mantine/core'
import styles from './Picks.module.css'

export type Pick<Value extends string> = { value: Value; label: string; hint?: string }

/** One of many, as a list that stays in sight: kinds of checks, saved views. */
export function Picks<Value extends string>({
  label,
  value,
  of,
  onChange,
  below = false,
}: {
  label: string
  value: Value
  of: readonly Pick<Value>[]
  onChange: (value: Value) => void
  /** The hint stands below the label: for long ones. */
  below?: boolean
}) {
  return (
    <Radio.Group aria-label={label} value={value} onChange={(next) => onChange(next as Value)}>
      <div className={styles.picks} data-below={below || undefined}>
        {of.map((pick) => (
          <Radio.Card key={pick.value} value={pick.value} className={styles.pick}>
            <span>{pick.label}</span>
            {pick.hint && <span className="faint">{pick.hint}</span>}
          </Radio.Card>
        ))}
      </div>
    </Radio.Group>
  )
}
