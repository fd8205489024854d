import type { Instant } from '../../platform/clock.ts'
import type { DueInput } from '../../platform/due.ts'

/** The due work of a delivery: what reaches a person first; one person's messages go one at a time within a process. */
export const sendingOf = (d: { id: string; class: string; at: Instant; userId: string | null }): DueInput => ({
  key: `delivery:${d.id}`,
  at: d.at,
  run: { name: 'delivery.send' },
  input: { id: d.id },
  priority: d.class === 'page' ? 0 : 1,
  ...(d.userId ? { subject: `user:${d.userId}` } : {}),
})
