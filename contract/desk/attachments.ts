import { z } from 'zod'
import { id } from '../base.ts'

/** Files on tickets. Their bytes travel beside the contract, see attachment-paths.ts. */

export const attachmentName = z
  .string('must be sent as ?name= and be the name of the file')
  .min(1, 'must be sent as ?name= and be the name of the file')
  .max(1_000, 'must have at most 1000 characters')

export const attachmentInput = z.object({ id })

export const attachmentView = z.object({
  id,
  name: z.string(),
  type: z.string().meta({ description: 'By its first bytes' }),
  bytes: z.number().int(),
  width: z.number().int().nullable().meta({ description: 'Of a picture that may be shown; else null' }),
  height: z.number().int().nullable(),
  removed: z.boolean().meta({ description: 'It was there, and was removed' }),
})
export type AttachmentView = z.output<typeof attachmentView>

/** Ids of files that were sent before, to go with what is written. */
export const attachmentIds = z
  .array(id)
  .max(20, 'must be at most 20 files')
  .default([])
  .meta({ description: 'Files to attach: ids that POST /attachments gave' })
