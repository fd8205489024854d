import { z } from 'zod'
import { verb } from '../../platform/verb.ts'
import { settleKey } from './settle-key.ts'

export const keyNameInput = z.object({
  sourceId: z.uuid(),
  dedupKey: z.string(),
  flip: z.number(),
  flood: z.boolean().default(false),
})

/** A key changed its state: brings its alerts there. Right however late, often and in whatever order it runs. */
export const applyFlip = verb('alerts.flip', {
  permission: 'system',
  input: keyNameInput,
  async run(ctx, { sourceId, dedupKey, flood }) {
    const changed = await settleKey(ctx, { sourceId, dedupKey }, { flood })
    return changed ? null : ctx.unchanged(null)
  },
})
