import { z } from 'zod'
import { eventType } from '../../platform/events.ts'
import { counted } from './time-words.ts'

export const clocksRecomputed = eventType(
  'ticket.clocks_recomputed',
  z.object({ seen: z.number(), changed: z.number() }),
  (d) => `The clocks of ${counted(d.seen, 'open ticket')} were computed anew; ${d.changed} changed.`,
)

const matrix = z.record(z.string(), z.record(z.string(), z.number()))
export const matrixChanged = eventType(
  'desk.matrix_changed',
  z.object({ before: matrix, after: matrix }),
  (d, who) => `${who} changed the priority matrix: ${cells(d.before, d.after).join(', ')}.`,
)

const cells = (before: z.output<typeof matrix>, after: z.output<typeof matrix>): string[] =>
  Object.entries(after).flatMap(([impact, row]) =>
    Object.entries(row).flatMap(([urgency, priority]) =>
      before[impact]?.[urgency] === priority
        ? []
        : [`impact ${impact} × urgency ${urgency} is P${priority} (was P${before[impact]?.[urgency]})`],
    ),
  )

export const clockEvents = [clocksRecomputed, matrixChanged]
