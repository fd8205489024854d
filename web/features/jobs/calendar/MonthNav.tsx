import { useKeys } from '../../../ui/keys.ts'
import styles from './calendar.module.css'
import { monthWords, plusMonths } from './words.ts'

type Props = { month: string; now: string; onMonth: (month: string) => void }

/** Which month is shown: one earlier or later, or that of now. */
export function MonthNav({ month, now, onMonth }: Props) {
  const go = (by: number) => onMonth(plusMonths(month, by))
  useKeys([
    { key: '[', label: 'The month before', kind: 'move', run: () => go(-1) },
    { key: ']', label: 'The next month', kind: 'move', run: () => go(1) },
    { key: '.', label: 'This month', kind: 'move', run: () => onMonth(now) },
  ])
  return (
    <span className={styles.nav}>
      <button
        type="button"
        aria-label="The month before"
        aria-keyshortcuts="["
        title="The month before ([)"
        onClick={() => go(-1)}
      >
        ‹
      </button>
      <b aria-live="polite">{monthWords(month)}</b>
      <button
        type="button"
        aria-label="The next month"
        aria-keyshortcuts="]"
        title="The next month (])"
        onClick={() => go(1)}
      >
        ›
      </button>
      {month !== now && (
        <button type="button" aria-keyshortcuts="." title="This month (.)" onClick={() => onMonth(now)}>
          now
        </button>
      )}
    </span>
  )
}
