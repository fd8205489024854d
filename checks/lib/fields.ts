import { isIP } from 'node:net'
import { z } from 'zod'

/**
 * Fields that several kinds share. What `.meta` adds beyond JSON Schema is for the form: `unit` behind the field,
 * `placeholder`, `secret` (masked, encrypted at rest), `multiline`, `advanced` (folded away at first).
 */
export const timing = {
  timeoutSeconds: z
    .number()
    .min(0.1, 'must be at least 0.1 seconds')
    .max(120, 'must be at most 120 seconds')
    .default(10)
    .meta({ title: 'Give up after', description: 'The whole look, redirects included.', unit: 's' }),
  slowMs: z
    .number()
    .int('must be whole milliseconds')
    .min(1, 'must be at least 1 ms')
    .max(120_000, 'must be at most 120,000 ms')
    .optional()
    .meta({
      title: 'Degraded when slower than',
      description: 'Leave empty to accept any time.',
      unit: 'ms',
      placeholder: '800',
    }),
}

const label = /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/i

/** A host name or IP address, without scheme, port or path. */
export const isHost = (value: string): boolean => {
  if (isIP(value.replace(/%[a-z0-9]+$/i, '')) !== 0) return true
  const name = value.replace(/\.$/, '')
  return name.length <= 253 && name.split('.').every((part) => label.test(part))
}

export const host = z
  .string()
  .trim()
  .refine(isHost, 'must be a host name or an IP address alone, such as db1.example.com')

export const port = z
  .number()
  .int('must be a whole number')
  .min(1, 'must be 1 to 65535')
  .max(65535, 'must be 1 to 65535')
