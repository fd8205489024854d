import { type Instant, isBefore, type PushedClock } from '../../server/platform/clock.ts'
import { nextDueAt } from '../../server/platform/due.ts'
import type { House } from '../../server/platform/house.ts'

/** Does everything that is due at the present time, and what follows from it, until nothing moves any more. */
export const settle = async (house: House): Promise<void> => {
  for (;;) {
    await Promise.all(house.running.map((r) => r.idle()))
    const done = await house.worker.drain()
    if (done > 0) continue
    await Promise.all(house.running.map((r) => r.idle()))
    if ((await house.worker.drain()) === 0) break
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
