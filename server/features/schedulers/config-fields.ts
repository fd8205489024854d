import { X509Certificate } from 'node:crypto'
import { z } from 'zod'

const isAddress = (text: string): boolean => {
  const url = URL.parse(text)
  return url !== null && /^https?:$/.test(url.protocol) && !url.username && !url.password && !url.search && !url.hash
}

const areCertificates = (pem: string): boolean => {
  const each = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? []
  try {
    return each.length > 0 && each.every((one) => new X509Certificate(one).subject !== null)
  } catch {
    return false
  }
}

export const url = z
  .string()
  .trim()
  .max(500, 'must have at most 500 characters')
  .refine(
    isAddress,
    'must be an address that begins with https:// or http://, without a user, a password or a question mark',
  )

export const secret = z.string().trim().min(1, 'must not be empty').max(20_000, 'must have at most 20,000 characters')
export const user = z.string().trim().min(1, 'must not be empty').max(200, 'must have at most 200 characters')

/** What all kinds have. */
export const reaching = {
  ca: z
    .string()
    .max(50_000, 'must have at most 50,000 characters')
    .refine(areCertificates, 'must be certificates in PEM: -----BEGIN CERTIFICATE----- …')
    .optional()
    .meta({
      title: 'Its certificate authority',
      description: 'Where it is not one that this machine trusts: the certificates in PEM.',
      multiline: true,
      advanced: true,
    }),
  timeoutSeconds: z
    .number()
    .min(1, 'must be at least 1 second')
    .max(120, 'must be at most 120 seconds')
    .default(20)
    .meta({ title: 'Give up after', description: 'Each question.', unit: 's', advanced: true }),
}

export const basic = (name: string, password: string): string =>
  `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`
