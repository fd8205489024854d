import { z } from 'zod'

const ownedByUs = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'expect',
  'upgrade',
  'keep-alive',
  'te',
  'trailer',
])

/** A header that a request is sent with; its value is a secret. */
export const httpHeader = z.strictObject({
  name: z
    .string()
    .regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/, 'must be letters, digits and dashes')
    .refine((name) => !ownedByUs.has(name.toLowerCase()), 'is set by the connection itself and cannot be chosen')
    .meta({ title: 'Name', placeholder: 'Authorization' }),
  value: z
    .string()
    .max(4_000, 'must have at most 4,000 characters')
    .regex(/^[\t\x20-\x7e\x80-\xff]*$/, 'must be on one line and without control characters')
    .meta({ title: 'Value', secret: true, placeholder: 'Bearer …' }),
})
