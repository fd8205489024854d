import { z } from 'zod'
import { id, line, named, pageQuery, text } from '../base.ts'
import { fieldNames, unknownFields } from './fields.ts'
import { level, pendingReason, ticketRef } from './words.ts'

/** Macros (a list of acts on a ticket, done as one) and canned replies (texts with fields). */

const template = (max = 20_000) =>
  text(max)
    .refine((t) => t.trim().length > 0, 'must not be empty')
    .superRefine((t, issue) => {
      const [unknown] = unknownFields(t)
      if (unknown !== undefined)
        issue.addIssue({
          code: 'custom',
          message: `has the field {{${unknown}}}, which does not exist; there are ${fieldNames.map((f) => `{{${f}}}`).join(', ')}`,
        })
    })

/** Acts that name neither a person nor a team, and so are written alike everywhere. */
export const plainMacroActs = [
  z.object({ act: z.literal('take') }),
  z.object({ act: z.literal('unassign') }),
  z.object({ act: z.literal('change'), impact: level.optional(), urgency: level.optional() }),
  z.object({ act: z.literal('reply'), body: template() }),
  z.object({ act: z.literal('note'), body: template() }),
  z.object({
    act: z.literal('pend'),
    reason: pendingReason.exclude(['approval'], 'must be user, vendor, change or scheduled'),
    minutes: z
      .number()
      .int()
      .min(5)
      .max(525_600)
      .optional()
      .meta({ description: 'It goes on by itself after so long' }),
  }),
  z.object({ act: z.literal('resume') }),
  z.object({ act: z.literal('watch') }),
  z.object({ act: z.literal('resolve'), resolution: template() }),
] as const

export const macroAct = z.discriminatedUnion('act', [
  z.object({ act: z.literal('assign'), userId: id }),
  z.object({ act: z.literal('move'), teamId: id }),
  ...plainMacroActs,
])
export type MacroAct = z.output<typeof macroAct>

export const actsOf = <Act extends z.ZodType>(act: Act) =>
  z.array(act).min(1, 'must have at least one act').max(20, 'must have at most 20 acts')
const acts = actsOf(macroAct)
const forTeam = id.nullable().meta({ description: 'null: for all teams, which an administrator may do' })

export const createMacroInput = z.object({ teamId: forTeam, name: line(100), acts })
export const changeMacroInput = z.object({ id, name: line(100).optional(), acts: acts.optional() })
export const createReplyInput = z.object({ teamId: forTeam, name: line(100), body: template() })
export const changeReplyInput = z.object({ id, name: line(100).optional(), body: template().optional() })
export const byId = z.object({ id })
export const listTemplatesInput = pageQuery.extend({
  // A boolean as well: a route parses its input before the query parses it again.
  mine: z
    .union([z.boolean(), z.stringbool('must be true or false')])
    .optional()
    .meta({ description: 'Only those for all and those of my teams; else of every team' }),
})

export const runMacroInput = z.object({ id: ticketRef, macroId: id })
export const undoMacroInput = z.object({ id: ticketRef, runId: id })

const common = {
  id,
  name: z.string(),
  team: named.nullable().meta({ description: 'null: for all teams' }),
  mayChange: z.boolean(),
  version: z.number().int(),
}
export const macroView = z.object({
  ...common,
  acts: z.array(macroAct),
  sentences: z.array(z.string()).meta({ description: 'What it does, in words' }),
})
export type MacroView = z.output<typeof macroView>
export const replyView = z.object({ ...common, body: z.string() })
export type ReplyView = z.output<typeof replyView>

export const filledRepliesInput = z.object({
  id: ticketRef,
  search: line(100).optional().meta({ description: 'Part of the name or the text' }),
})
export const filledReplies = z.object({
  items: z.array(
    z.object({ id, name: z.string(), body: z.string().meta({ description: 'With its fields filled in' }) }),
  ),
})
