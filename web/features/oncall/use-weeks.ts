import { useMemo } from 'react'
import { useSearchText } from '../../parts/use-search-text.ts'
import { useIsPhone } from '../../ui/list.ts'
import { addDays, asDate, dateOf, daysFrom, mondayOf } from './days.ts'
import { rangeWords } from './range-words.ts'

export const WEEKS = 5
const DAY = 86_400_000

/**
 * Five weeks by the address of the page, a line each; on a phone the seven days of the first, a line each, because a
 * week is too narrow there. `shown` is always all five.
 */
export const useWeeks = (zone: string, now: number) => {
  const [asked, ask] = useSearchText('week')
  const today = dateOf(now, zone)
  const phone = useIsPhone()
  const first = mondayOf(asDate(asked) ?? today)
  const weeks = useMemo(
    () => Array.from({ length: WEEKS }, (_, week) => daysFrom(addDays(first, week * 7), 7, zone)),
    [first, zone],
  )
  const [start, end] = [weeks[0]?.[0]?.start ?? 0, weeks.at(-1)?.at(-1)?.end ?? 0]
  return {
    lines: phone ? (weeks[0] ?? []).map((day) => [day]) : weeks,
    /** Read beyond what is shown, so that a shift tells its real beginning and end. */
    known: { from: start - 9 * DAY, to: end + 9 * DAY },
    shown: { from: start, to: end },
    nav: {
      words: rangeWords(first, addDays(first, (phone ? 1 : WEEKS) * 7 - 1)),
      step: 'week',
      isToday: first === mondayOf(today),
      onStep: (by: -1 | 1) => ask(addDays(first, by * 7)),
      onToday: () => ask(''),
    },
  }
}
