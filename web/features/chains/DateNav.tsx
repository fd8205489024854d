import { useKeys } from '../../ui/keys.ts'
import styles from './chains.module.css'
import { dateWords, plusDays } from './words.ts'

type Props = {
  date: string
  /** It is the night of now, which the address does not name. */
  isNow: boolean
  onDate: (date: string) => void
}

/** Which business date is shown: a day earlier or later, any, or that of now. */
export function DateNav({ date, isNow, onDate }: Props) {
  const go = (days: number) => onDate(plusDays(date, days))
  useKeys([
    { key: '[', label: 'The date before', kind: 'move', run: () => go(-1) },
    { key: ']', label: 'The next date', kind: 'move', run: () => go(1) },
    { key: '.', label: 'The night of now', kind: 'move', run: () => onDate('') },
  ])
  return (
    <span className={styles.dates}>
      <button
        type="button"
        aria-label="The date before"
        aria-keyshortcuts="["
        title="The date before ([)"
        onClick={() => go(-1)}
      >
        ‹
      </button>
      <span className={styles.date}>
        <span>
          <span className={styles.dateWord}>business date</span> <b className="num">{dateWords(date)}</b>
        </span>
        <input
          type="date"
          aria-label="Business date"
          min="2000-01-01"
          max="2200-12-31"
          value={date}
          onClick={(event) => event.currentTarget.showPicker?.()}
          onChange={(event) => event.currentTarget.validity.valid && onDate(event.currentTarget.value)}
        />
      </span>
      <button
        type="button"
        aria-label="The next date"
        aria-keyshortcuts="]"
        title="The next date (])"
        onClick={() => go(1)}
      >
        ›
      </button>
      {!isNow && (
        <button type="button" aria-keyshortcuts="." title="The night of now (.)" onClick={() => onDate('')}>
          tonight
        </button>
      )}
    </span>
  )
}
