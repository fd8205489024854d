import { ref } from '../../platform/events.ts'
import type { Platform } from '../../platform/platform.ts'

const AFTER_MS = 250
/** Of more than these a page learns by its own clock: pings are thousands a second, and each is told to all who look. */
const MOST_AT_ONCE = 50

/** Tells who looks at these jobs that pings have come, though they are no events; in a moment, those of others with them. */
export const createMovedTeller = (platform: Pick<Platform, 'moved'>): ((jobs: Iterable<string>) => void) => {
  const untold = new Set<string>()
  const tell = () => {
    const told = [...untold]
    untold.clear()
    platform.moved(told)
  }
  return (jobs) => {
    for (const id of jobs) {
      if (untold.size === MOST_AT_ONCE) return
      if (untold.size === 0) setTimeout(tell, AFTER_MS).unref()
      untold.add(ref('job', id))
    }
  }
}
