import { SLOT } from './wheel.ts'

/** FNV-1a, 32 bits: spreads ids that were made one after another. */
const hash = (text: string): number => {
  let h = 0x811c9dc5
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  return h >>> 0
}

/**
 * The first turn of a monitor after `now` (milliseconds since 1970). Its turns are a whole number of intervals apart,
 * shifted by a phase that is its own and the same in every process: so looks are spread evenly, and keep their rhythm
 * when another process takes over.
 */
export const nextTurn = (id: string, intervalSeconds: number, now: number): number => {
  const every = (intervalSeconds * 1000) / SLOT
  const phase = hash(id) % every
  return ((Math.floor((Math.floor(now / SLOT) - phase) / every) + 1) * every + phase) * SLOT
}
