import type { Reaction } from '../../platform/registry-of-work.ts'
import { pageAcknowledged } from '../oncall/index.ts'
import { assignAcknowledger } from './acknowledge.ts'
import { dailyReactions } from './daily-reactions.ts'
import { clockReactions } from './terms-changed.ts'

/** What the desk does when a lower feature recorded something. */
export const reactions: Reaction[] = [
  { event: pageAcknowledged, verb: assignAcknowledger },
  ...clockReactions,
  ...dailyReactions,
]
