import type { MouseEventHandler, ReactNode } from 'react'
import styles from './Chip.module.css'

/** A small fact in a header: 'http', 'every 15 s'. With `onRemove` it is a filter that can be taken away. */
export const Chip = ({
  children,
  onRemove,
  title,
}: {
  children: ReactNode
  onRemove?: MouseEventHandler
  title?: string
}) => (
  <span className={styles.chip} title={title}>
    {children}
    {onRemove && (
      <button
        type="button"
        className={styles.remove}
        onClick={onRemove}
        aria-label={`Remove ${typeof children === 'string' ? children : 'this filter'}`}
      >
        ×
      </button>
    )}
  </span>
)

type Choice<Value extends string> = { value: Value; label: string }

/** One of a few, as chips: '1 h', '24 h', '7 d'. */
export function Choices<Value extends string>({
  label,
  value,
  of,
  onChange,
}: {
  label: string
  value: Value
  of: readonly Choice<Value>[]
  onChange: (value: Value) => void
}) {
  return (
    <fieldset className={styles.choices} aria-label={label}>
      {of.map((choice) => (
        <button
          key={choice.value}
          type="button"
          className={styles.choice}
          aria-pressed={choice.value === value}
          onClick={() => onChange(choice.value)}
        >
          {choice.label}
        </button>
      ))}
    </fieldset>
  )
}

/** Something that is on or off, as a chip: 'Table'. */
export const Toggle = ({
  children,
  on,
  onChange,
}: {
  children: ReactNode
  on: boolean
  onChange: (on: boolean) => void
}) => (
  <button type="button" className={styles.choice} aria-pressed={on} onClick={() => onChange(!on)}>
    {children}
  </button>
)
