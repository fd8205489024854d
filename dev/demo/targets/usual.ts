import { wallOf } from '../history/hours.ts'

const busier = 1.35

/**
 * How long a target takes to answer at an hour, in ms: some five, some eighty, each nearly always the same, more in
 * the open hours. Null is a port, which answers at once.
 */
export const usualMs = (target: string | null, at: number): number => {
  if (target === null) return 1.6
  let n = 7
  for (const letter of target) n = (n * 31 + letter.charCodeAt(0)) % 9_973
  const wall = wallOf(at, 'london')
  const open = wall.dayOfWeek <= 5 && wall.hour >= 7 && wall.hour < 21
  return (4 + (n % 70)) * (open ? busier : 1)
}
