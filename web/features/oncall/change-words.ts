import { millis } from '../../ui/time.ts'
import { lengthWords, listWords, spanWords } from './words.ts'

type Named = { id: string; name: string }
type Change = { from: string; to: string; before: readonly Named[]; after: readonly Named[] }
type Gap = { from: string; to: string; outsideHours: boolean }
export type Told = { tone: 'info' | 'down'; text: string; lines: string[] }

const MOST = 4
const names = (people: readonly Named[]) => listWords(people.map(({ name }) => name)) || 'nobody'
const total = (spans: readonly { from: string; to: string }[]) =>
  lengthWords(spans.reduce((sum, { from, to }) => sum + millis(to) - millis(from), 0))

const withMore = (lines: readonly string[]): string[] =>
  lines.length > MOST ? [...lines.slice(0, MOST), `And ${lines.length - MOST} more.`] : [...lines]

/** Who instead of whom: once for each pair of them, with its time, or its first and how long it is together. */
const pairsOf = (changes: readonly Change[], zone: string): string[] => {
  const pairs = Map.groupBy(changes, ({ before, after }) => `${names(after)} instead of ${names(before)}`)
  return [...pairs].map(([words, spans]) => {
    const [first, ...more] = spans
    if (!first) return words
    if (more.length === 0) return `${spanWords(first, zone)}: ${words}`
    return `${words}: ${total(spans)}, first ${spanWords(first, zone)}`
  })
}

/** What saving a schedule would change in the time that was computed, in sentences: who, and where nobody would be. */
export const toldOf = (
  { changes, gaps }: { changes: readonly Change[]; gaps: readonly Gap[] },
  given: { zone: string; now: number; isNew: boolean; weeks: number },
): Told[] => {
  const { zone, now, isNew, weeks } = given
  const open = gaps.filter(({ outsideHours, to }) => !outsideHours && millis(to) > now)
  const outside = gaps.filter(({ outsideHours, to }) => outsideHours && millis(to) > now)
  const told: Told[] = []
  if (!isNew)
    told.push({
      tone: 'info',
      text:
        changes.length === 0
          ? `Nobody’s shifts change in these ${weeks} weeks.`
          : `Others are on call for ${total(changes)} in these ${weeks} weeks. What was until now stays.`,
      lines: withMore(pairsOf(changes, zone)),
    })
  if (open.length > 0)
    told.push({
      tone: 'down',
      text: `Nobody would be on call for ${total(open)}.`,
      lines: withMore(open.map((gap) => spanWords(gap, zone))),
    })
  if (outside.length > 0)
    told.push({
      tone: 'info',
      text: `Outside the hours of its layers nobody is on call: ${total(outside)} of these ${weeks} weeks.`,
      lines: [],
    })
  if (isNew && open.length === 0 && outside.length === 0)
    told.push({ tone: 'info', text: `Somebody is on call all the time in these ${weeks} weeks.`, lines: [] })
  return told
}
