import { z } from 'zod'
import { requireUser } from '../../platform/context.ts'
import { ref } from '../../platform/events.ts'
import { verb } from '../../platform/verb.ts'
import { failures, sessionEnded, sessionFailed, sessionStarted } from './events.ts'

/**
 * better-auth writes the sessions itself (the one exemption from verbs); these verbs tell the log what its hooks saw.
 * They are reached by no route.
 */
const place = { address: z.string().max(100), browser: z.string().max(200) }

export const noteSessionStarted = verb('session.note_start', {
  permission: 'me.write',
  input: z.object(place),
  async run(ctx, data) {
    ctx.record(sessionStarted, { subject: ref('user', ctx.scope.userId ?? requireUser(ctx)), data })
  },
})

export const noteSessionEnded = verb('session.note_end', {
  permission: 'me.write',
  input: z.object({}),
  async run(ctx) {
    ctx.record(sessionEnded, { subject: ref('user', ctx.scope.userId ?? requireUser(ctx)), data: {} })
  },
})

export const noteSessionFailed = verb('session.note_failure', {
  permission: 'system',
  input: z.object({
    ...place,
    userId: z.uuid(),
    name: z.string(),
    reason: z.enum(failures),
  }),
  async run(ctx, { userId, ...data }) {
    ctx.record(sessionFailed, { subject: ref('user', userId), data })
  },
})
