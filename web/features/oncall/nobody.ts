import { millis } from '../../ui/time.ts'
import type { Rota } from './data.ts'

type Span = { from: number; to: number }

/**
 * Why nobody is on call for a schedule now: a gap, or its hours are over; unknown while the hours are not read. Only a gap
 * is a thing to worry about.
 */
export const whyNobody = (
  rotas: readonly Pick<Rota, 'schedule' | 'gaps'>[],
  scheduleId: string,
  now: number,
): 'gap' | 'outside' | 'unknown' => {
  const rota = rotas.find(({ schedule }) => schedule.id === scheduleId)
  const gap = rota?.gaps.find(({ from, to }) => millis(from) <= now && now < millis(to))
  if (!gap) return 'unknown'
  return gap.outsideHours ? 'outside' : 'gap'
}

/** What neither shifts nor gaps cover of what was read: the time before the schedule began. */
export const beforeItBegan = ({ final, gaps }: Pick<Rota, 'final' | 'gaps'>, known: Span): Span | undefined => {
  if (final.length === 0 && gaps.length === 0) return undefined
  const began = Math.min(...[...final, ...gaps].map(({ from }) => (from === null ? known.from : millis(from))))
  return began > known.from ? { from: known.from, to: began } : undefined
}
