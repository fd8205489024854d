import { z } from 'zod'
import { eventType } from '../../../platform/events.ts'

const named = z.object({ name: z.string() })

export const macroSaved = eventType(
  'macro.saved',
  named.extend({ created: z.boolean(), acts: z.array(z.unknown()) }),
  (d, who) => `${who} ${d.created ? 'wrote' : 'changed'} the macro ${d.name}.`,
)
export const macroDeleted = eventType('macro.deleted', named, (d, who) => `${who} deleted the macro ${d.name}.`)
export const replySaved = eventType(
  'canned_reply.saved',
  named.extend({ created: z.boolean(), body: z.string() }),
  (d, who) => `${who} ${d.created ? 'wrote' : 'changed'} the canned reply ${d.name}.`,
)
export const replyDeleted = eventType(
  'canned_reply.deleted',
  named,
  (d, who) => `${who} deleted the canned reply ${d.name}.`,
)
const run = z.object({ number: z.string(), macro: z.string(), runId: z.string() })
export const macroRun = eventType('ticket.macro_run', run, (d, who) => `${who} ran the macro ${d.macro}.`)
export const macroUndone = eventType(
  'ticket.macro_undone',
  run,
  (d, who) => `${who} took the macro ${d.macro} back; what was written stays.`,
)

export const macroEvents = [macroSaved, macroDeleted, replySaved, replyDeleted, macroRun, macroUndone]
