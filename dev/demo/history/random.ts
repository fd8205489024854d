import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'

/** Chance that can be had again: the same seed gives the same draws in the same order. */
export const createRandom = (seed: number) => {
  const generator = xoroshiro128plus(seed)
  /** From 0 to under 1. */
  const next = (): number => (generator.next() >>> 0) / 2 ** 32
  const between = (low: number, high: number): number => low + next() * (high - low)
  const whole = (low: number, high: number): number => Math.floor(between(low, high + 1))
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T
  const weighted = <T>(list: readonly (readonly [T, number])[]): T => {
    let left = next() * list.reduce((sum, [, weight]) => sum + weight, 0)
    for (const [item, weight] of list) {
      left -= weight
      if (left < 0) return item
    }
    return (list.at(-1) as readonly [T, number])[0]
  }
  /** Around 1: mostly a little less, now and then much more, as durations are. */
  const spread = (by: number): number => {
    const normal = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
    return Math.exp(normal * by)
  }
  const hex = () => (generator.next() >>> 0).toString(16).padStart(8, '0')
  const uuid = (): string => {
    const h = hex() + hex() + hex() + hex()
    return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(13, 16)}-a${h.slice(17, 20)}-${h.slice(20, 32)}`
  }
  return { next, between, whole, pick, weighted, spread, uuid, chance: (p: number) => next() < p }
}
export type Random = ReturnType<typeof createRandom>
