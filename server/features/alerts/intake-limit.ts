import { createRate } from '../../platform/rate.ts'

/** Answers null while a key may go on, else the seconds after which it may. */
export const createLimiter = (nowMs?: () => number) => {
  const rate = createRate(nowMs)
  return (keyId: string, perSecond: number): number | null => (rate(keyId) > perSecond ? 1 : null)
}
