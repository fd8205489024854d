import styles from '../chains.module.css'
import type { BacktestFound } from '../data.ts'
import { dateWords } from '../words.ts'

type Props = { of: BacktestFound; onFrom: (date: string) => void; onUntil: (date: string) => void }

/** The first and the last business date that are judged. */
export const Span = ({ of: { from, until }, onFrom, onUntil }: Props) => (
  <span className={styles.dates}>
    <DateChip label="From" date={from} onDate={onFrom} />
    <DateChip label="Until" date={until} onDate={onUntil} />
  </span>
)

const DateChip = ({ label, date, onDate }: { label: string; date: string; onDate: (date: string) => void }) => (
  <span className={styles.date}>
    <span>
      {label.toLowerCase()} <b className="num">{dateWords(date)}</b>
    </span>
    <input
      type="date"
      aria-label={label}
      min="2000-01-01"
      max="2200-12-31"
      value={date}
      onClick={(event) => event.currentTarget.showPicker?.()}
      onChange={(event) => event.currentTarget.validity.valid && onDate(event.currentTarget.value)}
    />
  </span>
)
