import { z } from 'zod'
import { environment, id, line, pageQuery } from '../base.ts'
import { businessDate } from '../chains/deadline.ts'
import { jobTag } from '../jobs/inputs.ts'
import { actName } from './words.ts'

const kind = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'must be the kind of action: command or http')

const fields = {
  name: line(80).meta({ description: 'How people know it, such as Force start (AutoSys PRD)' }),
  act: actName,
  config: z
    .record(z.string(), z.unknown(), 'must be an object with the fields of the kind')
    .meta({ description: 'As the schema of the kind says; a stored secret is sent back as its mark' }),
  teamId: id.nullable().meta({ description: 'For the jobs of this team; null: for those of all' }),
  scheduler: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,39}$/, 'must be a kind of importer, such as jil')
    .nullable()
    .meta({ description: 'For jobs that were imported from this kind of scheduler; null: for all' }),
  tags: z
    .array(jobTag)
    .max(20, 'must be at most 20')
    .meta({ description: 'For jobs with one of these; empty: for all' }),
  environments: z
    .array(environment)
    .max(4, 'must be at most 4')
    .meta({ description: 'For jobs of one of these; empty: for all' }),
}

export const createActionInput = z.object({
  ...fields,
  kind,
  teamId: fields.teamId.default(null),
  scheduler: fields.scheduler.default(null),
  tags: fields.tags.default([]),
  environments: fields.environments.default([]),
})
export const changeActionInput = z.object(fields).partial().extend({ id })
export const actionIdInput = z.object({ id })
export const listActionsInput = pageQuery.extend({ teamId: id.optional(), act: actName.optional() })

const reason = line(500).meta({ description: 'Why; it stands on the job and in the ticket' })

export const ofJobInput = z.object({ id: id.meta({ description: 'The job' }) })
export const offersInput = ofJobInput.extend({
  businessDate: businessDate.optional().meta({ description: 'The one that goes on, unless told' }),
})
export const actOnJobInput = offersInput.extend({
  actionId: id,
  reason,
  actionVersion: z
    .int()
    .optional()
    .meta({ description: 'The version of the action that was confirmed: if it was changed since, nothing is done' }),
  words: z.string().max(100_000).optional().meta({
    description: 'What was confirmed, as the offer shows it: if it would be something else by now, nothing is done',
  }),
})
export const listActsInput = pageQuery.extend({ id: id.meta({ description: 'The job' }) })
export const noteInput = ofJobInput.extend({
  text: z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(2_000, 'must have at most 2,000 characters')
    .transform((t) => t.toWellFormed().replaceAll('\0', '\ufffd')),
  runId: id.optional().meta({ description: 'The run that it is about' }),
})
export const handOverInput = ofJobInput.extend({
  note: line(500).meta({ description: 'What the next shift must know' }),
})
