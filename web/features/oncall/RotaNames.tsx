import type { Day } from './days.ts'
import styles from './RotaGrid.module.css'
import type { Bar } from './rota.ts'

export const percent = (part: number, whole: number): string => `${(part / whole) * 100}%`

const initialsOf = (words: readonly string[]) =>
  words
    .map((word) => [...word][0])
    .join('')
    .slice(0, 2)

/** A stretch of a long bar that is narrower than this part of a day carries no name. */
const NARROW = 0.36

/** The name again under each day of a long bar, so that one can look down a day. */
export function Names({ bar, days, left, right }: { bar: Bar; days: readonly Day[]; left: number; right: number }) {
  const width = right - left
  const whole = { key: 'whole', from: left, to: right }
  const parts = days.flatMap((day, index) => {
    const [from, to] = [Math.max(left, index), Math.min(right, index + 1)]
    return to - from >= NARROW ? [{ key: day.date, from, to }] : []
  })
  const words = bar.text.split(' ')
  return (width <= 1 || parts.length === 0 ? [whole] : parts).map(({ key, from, to }, place) => (
    <span
      key={key}
      aria-hidden="true"
      className={styles.name}
      data-again={place > 0 || undefined}
      style={{ left: percent(from - left, width), width: percent(to - from, width) }}
    >
      {/* Which one is shown depends on the room there is. */}
      <span className={styles.full}>{bar.text}</span>
      <span className={styles.first}>{words[0]}</span>
      <span className={styles.initials}>{bar.userId ? initialsOf(words) : '–'}</span>
    </span>
  ))
}
