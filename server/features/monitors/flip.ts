import { z } from 'zod'
import { instantIn } from '../../../contract/base.ts'
import { monitorState } from '../../../contract/monitors/words.ts'
import type { Instant } from '../../platform/clock.ts'
import type { DueInput } from '../../platform/due.ts'
import { ref } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import type { NamedFlip } from './apply-looks.ts'
import { reportChange, tellRow } from './report.ts'

const input = z.object({
  id: z.uuid(),
  flip: z.number(),
  state: monitorState,
  from: monitorState.nullable(),
  at: instantIn,
  why: z.string(),
  message: z.string(),
  ms: z.number(),
})

/** Reports one change of state. Once for each, and never after a newer one. */
export const flipMonitor = verb('monitor.flip', {
  permission: 'system',
  input,
  async run(ctx, { id, ...change }) {
    const { numUpdatedRows } = await ctx.db
      .updateTable('monitor_states')
      .set({ applied_flip: change.flip })
      .where('monitor_id', '=', id)
      .where('applied_flip', '<', change.flip)
      .executeTakeFirst()
    const monitor = numUpdatedRows === 0n ? null : await tellRow(ctx, id)
    if (!monitor) return ctx.unchanged(undefined)
    await reportChange(ctx, monitor, change)
  },
})

/** The due work of a flip: at once, and before anything that reaches nobody. */
export const flipDue = ({ monitorId, at, ...flip }: NamedFlip, now: Instant): DueInput => ({
  key: `monitor-flip:${monitorId}:${flip.flip}`,
  at: now,
  run: flipMonitor,
  input: { id: monitorId, at: Temporal.Instant.fromEpochMilliseconds(at).toString(), ...flip },
  subject: ref('monitor', monitorId),
  priority: 0,
})
