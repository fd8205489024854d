import { z } from 'zod'
import { slaPriorities, slaTargets } from '../../../contract/sla/index.ts'
import { eventType } from '../../platform/events.ts'
import { durationWords } from './words.ts'

const data = z.object({ name: z.string(), before: slaTargets, after: slaTargets })

/** Clocks that are open are computed anew by those who hold them; closed ones stay. */
export const slaTargetsChanged = eventType(
  'sla.targets_changed',
  data,
  (d, actor) => `${actor} changed how soon (${d.name}): ${changes(d)}.`,
)

const changes = ({ before, after }: z.output<typeof data>): string =>
  slaPriorities
    .flatMap((p) => {
      const [old, now] = [before[p], after[p]]
      const parts = [
        old.firstResponse === now.firstResponse
          ? ''
          : `first response ${words(old.firstResponse)} → ${words(now.firstResponse)}`,
        old.resolution === now.resolution ? '' : `resolution ${words(old.resolution)} → ${words(now.resolution)}`,
        old.clock === now.clock ? '' : now.clock === 'always' ? 'now around the clock' : 'now in support hours',
      ].filter((part) => part !== '')
      return parts.length === 0 ? [] : [`${p} ${parts.join(', ')}`]
    })
    .join('; ')

const words = (minutes: number | null) => (minutes === null ? 'none' : durationWords(minutes))
