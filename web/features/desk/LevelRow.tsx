import { SegmentedControl } from '@mantine/core'
import { type KeyboardEvent, useId } from 'react'
import type { Level } from '../../../contract/desk/words.ts'
import styles from './desk.module.css'
import { levels } from './words.ts'

/** By hand, by the rule, or (of many) as each ticket has it. */
export type Chosen = Level | 'rule' | 'same'

type LevelRowProps = {
  label: string
  value: Chosen
  onChange: (value: Chosen) => void
  /** What the rule says, as far as it is known. */
  byRule: Level | null | undefined
  /** Why, in words. */
  because: string
  /** One ticket; of many, "as it is" can be chosen. */
  single?: boolean
  /** What proposes it, when it is not the rule: 'by P2'. */
  from?: string | undefined
}

/** Impact or urgency: three levels, or what the rule proposes and why. */
export function LevelRow({ label, value, onChange, byRule, because, single = true, from = 'by rule' }: LevelRowProps) {
  const id = useId()
  // The first letter chooses, so that nobody counts arrows: h, m, l, and b as the rule proposes.
  const onKeyDown = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent) => {
    const chosen = key === 'b' ? 'rule' : levels.find((level) => level.startsWith(key))
    if (chosen && !ctrlKey && !metaKey && !altKey) onChange(chosen)
  }
  const ruled = value === 'rule' && byRule ? `${from}: ${byRule}` : from
  return (
    <div>
      <div className={styles.label} id={id}>
        {label}
      </div>
      <SegmentedControl
        fullWidth
        aria-labelledby={id}
        onKeyDown={onKeyDown}
        data={[
          ...(single ? [] : [{ value: 'same', label: 'as it is' }]),
          { value: 'rule', label: ruled },
          ...levels.map((level) => ({ value: level, label: level })),
        ]}
        value={value}
        onChange={(next) => onChange(next as Chosen)}
      />
      <div className={`faint ${styles.because}`}>{because}</div>
    </div>
  )
}
