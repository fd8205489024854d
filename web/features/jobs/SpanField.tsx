import { NumberInput, Select } from '@mantine/core'
import { useState } from 'react'
import styles from './jobs.module.css'

const units = { s: 1, min: 60, h: 3_600, d: 86_400 }
type Unit = keyof typeof units
const words: Record<Unit, string> = { s: 'seconds', min: 'minutes', h: 'hours', d: 'days' }

/** The largest unit in which it is a whole number. */
const unitOf = (seconds: number | undefined): Unit => {
  if (!seconds) return 'min'
  return (['d', 'h', 'min'] as const).find((unit) => seconds % units[unit] === 0) ?? 's'
}

type Props = {
  label: string
  placeholder?: string
  value: number | undefined
  onChange: (seconds: number | undefined) => void
  error?: string | undefined
}

/** A length of time as people write it: a number and its unit. The value is in seconds. */
export function SpanField({ label, placeholder, value, onChange, error }: Props) {
  const [unit, setUnit] = useState<Unit>(() => unitOf(value))
  const number = value === undefined ? undefined : value / units[unit]
  return (
    <div className={styles.span}>
      <NumberInput
        label={label}
        placeholder={placeholder}
        value={number ?? ''}
        onChange={(next) => onChange(typeof next === 'number' ? Math.round(next * units[unit]) : undefined)}
        clampBehavior="none"
        allowNegative={false}
        error={error}
      />
      <Select
        aria-label={`Unit of ${label.toLowerCase()}`}
        data={(Object.keys(units) as Unit[]).map((one) => ({ value: one, label: words[one] }))}
        value={unit}
        allowDeselect={false}
        onChange={(next) => {
          if (!next) return
          setUnit(next as Unit)
          if (number !== undefined) onChange(Math.round(number * units[next as Unit]))
        }}
      />
    </div>
  )
}
