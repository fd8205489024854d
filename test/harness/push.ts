import { type Instant, isBefore, type PushedClock } from '../../server/platform/clock.ts'
import { nextDueAt } from '../../server/platform/due.ts'
import type { House } from '../../server/platform/house.ts'

/** How often each house has committed something. */
const commits = new WeakMap<House, { count: number }>()

const commitsOf = (house: House): { count: number } => {
  const known = commits.get(house)
  if (known) return known
  const counter = { count: 0 }
  const { committed } = house.platform
  house.platform.committed = () => {
    counter.count++
    committed()
  }
  commits.set(house, counter)
  return counter
}

/** Does everything that is due at the present time, and what follows from it, until nothing moves any more. */
export const settle = async (house: House): Promise<void> => {
  const counter = commitsOf(house)
  for (let before = -1; before !== counter.count; ) {
    before = counter.count
    await Promise.all(house.running.map((r) => r.idle()))
    if ((await house.worker.drain()) > 0) before = -1
  }
}

/** Pushes the clock to `target`, stopping at each instant at which something is due. Nothing sleeps. */
export const pushTo = async (house: House, clock: PushedClock, target: Instant): Promise<void> => {
  for (;;) {
    await settle(house)
    const next = [await nextDueAt(house.platform.db), clock.next()]
      .filter((at): at is Instant => at !== null && isBefore(clock.now(), at))
      .reduce<Instant | null>((best, at) => (best && !isBefore(at, best) ? best : at), null)
    if (!next || isBefore(target, next)) break
    clock.set(next)
  }
  clock.set(target)
  await settle(house)
}
