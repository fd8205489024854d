import { z } from 'zod'
import { eventType } from '../../../platform/events.ts'

const file = z.object({ name: z.string(), type: z.string(), bytes: z.number() })

export const attachmentUploaded = eventType(
  'attachment.uploaded',
  file.extend({ sha256: z.string() }),
  (d, who) => `${who} sent the file ${d.name}.`,
)

export const attachmentRemoved = eventType(
  'attachment.removed',
  file.extend({ number: z.string().nullable() }),
  (d, who) => `${who} removed the file ${d.name}${d.number ? ` from ${d.number}` : ''}.`,
)

export const attachmentEvents = [attachmentUploaded, attachmentRemoved]
