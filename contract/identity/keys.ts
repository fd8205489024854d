import { z } from 'zod'
import { id, instant, instantIn, line, pageOf, pageQuery, route } from '../base.ts'
import { scope } from './scopes.ts'

const secretInfo = z.object({
  id,
  hint: z.string().meta({ description: 'The last four characters' }),
  createdAt: instant,
  expiresAt: instant.nullable(),
  lastUsedAt: instant.nullable().meta({ description: 'To the minute' }),
  state: z.enum(['valid', 'expired', 'revoked']),
})

export const apiKey = z.object({
  id,
  name: z.string(),
  scopes: z.array(z.string()),
  createdBy: z.object({ id, name: z.string() }).nullable(),
  createdAt: instant,
  revokedAt: instant.nullable(),
  lastUsedAt: instant.nullable(),
  secrets: z.array(secretInfo),
  version: z.number(),
})

const shownOnce = z.object({ secret: z.string().meta({ description: 'Shown this once; only its hash is kept' }) })

const expiresAt = instantIn.nullish().meta({ description: 'When the secret stops to work; never, when left away' })
export const listKeysInput = pageQuery.extend({
  state: z.enum(['valid', 'revoked', 'all'], 'must be valid, revoked or all').default('valid'),
})
export const createKeyInput = z.object({
  name: line(100),
  scopes: z.array(scope).min(1, 'must name at least one scope').max(100, 'must have at most 100 scopes'),
  expiresAt,
})
export const rotateKeyInput = z.object({ id, expiresAt })
export const keyId = z.object({ id })
export const revokeSecretInput = z.object({ id, secretId: id })

const tags = ['identity']
export const keys = {
  list: route
    .route({ method: 'GET', path: '/keys', summary: 'API keys, by name', tags })
    .input(listKeysInput)
    .output(pageOf(apiKey)),
  read: route.route({ method: 'GET', path: '/keys/{id}', summary: 'An API key', tags }).input(keyId).output(apiKey),
  create: route
    .route({ method: 'POST', path: '/keys', summary: 'Make an API key', tags, successStatus: 201 })
    .input(createKeyInput)
    .output(apiKey.extend(shownOnce.shape)),
  rotate: route
    .route({
      method: 'POST',
      path: '/keys/{id}/secrets',
      summary: 'A second secret, valid beside the first until that is revoked',
      tags,
      successStatus: 201,
    })
    .input(rotateKeyInput)
    .output(apiKey.extend(shownOnce.shape)),
  revokeSecret: route
    .route({ method: 'DELETE', path: '/keys/{id}/secrets/{secretId}', summary: 'End one secret of a key', tags })
    .input(revokeSecretInput)
    .output(apiKey),
  revoke: route
    .route({ method: 'DELETE', path: '/keys/{id}', summary: 'End a key and all its secrets', tags })
    .input(keyId)
    .output(apiKey),
}
