import type { FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import { requireScope, system } from '../../platform/access.ts'
import { randomToken, sha256 } from '../../platform/crypto.ts'
import type { Db } from '../../platform/db/pool.ts'
import type { Platform } from '../../platform/platform.ts'
import { remembering } from '../../platform/remembering.ts'
import { transact } from '../../platform/transact.ts'
import { defaultSource } from './built-in-sources.ts'
import type { Dialect } from './define-source.ts'

/**
 * A new key for intake alone: `in_` and 192 bits of chance, or what a dialect takes for one. Only its hash and its last
 * four characters are kept.
 */
export const newIntakeKey = (dialect?: Dialect): { key: string; hash: string; hint: string } => {
  const key = dialect?.newKey() ?? `in_${randomToken(24)}`
  return { key, hash: sha256(key), hint: key.slice(-4) }
}

/** The key of a request: `Authorization: Bearer …`, `X-Api-Key: …`, or the end of the address. */
export const keyOf = (request: FastifyRequest): string | null => {
  const { key } = request.params as { key?: string }
  if (key) return key
  const bearer = /^bearer\s+(\S+)\s*$/i.exec(request.headers.authorization ?? '')
  if (bearer?.[1]) return bearer[1]
  const header = request.headers['x-api-key']
  return typeof header === 'string' && header !== '' ? header.trim() : null
}

export type KeyHolder = {
  keyId: string
  sourceId: string
  name: string
  kind: string
  enabled: boolean
  perSecond: number
}

const LONGEST_KEY = 200

/**
 * Looks keys up by their hash: that takes the same time however much of a guess is right. Answers, also that there is
 * no such key, are remembered for three seconds, so that a flood costs no look-up each; a revoked key stops within them.
 */
export const createKeyDesk = (platform: Platform): ((key: string) => Promise<KeyHolder | null>) => {
  const holders = remembering(platform, (hash) =>
    hash === adminHash(platform) ? defaultHolder(platform) : lookUp(platform.db, hash),
  )
  return (key) => (key.length > LONGEST_KEY ? Promise.resolve(null) : holders.ask(sha256(key)))
}

const adminHash = ({ config }: Platform): string | null => (config.ADMIN_API_KEY ? sha256(config.ADMIN_API_KEY) : null)

/** The administrator's key opens the source that needs no setting up; for intake, and for nothing else that intake has. */
const defaultHolder = async (platform: Platform): Promise<KeyHolder> => {
  const given = { actor: system, scope: requireScope(system, 'system') }
  const { id, name, kind, enabled, per_second } = await transact(platform, given, defaultSource)
  return { keyId: 'ADMIN_API_KEY', sourceId: id, name, kind, enabled, perSecond: per_second }
}

const lookUp = async (db: Db, hash: string): Promise<KeyHolder | null> => {
  const { rows } = await sql<KeyHolder>`
    select k.id as "keyId", s.id as "sourceId", s.name, s.kind, s.enabled, s.per_second as "perSecond"
    from source_keys k join sources s on s.id = k.source_id
    where k.hash = ${hash} and k.revoked_at is null`.execute(db)
  return rows[0] ?? null
}

/** What of a request's text would give the key away is replaced by its id. */
export const withoutKey = (text: string, key: string, keyId: string): string =>
  text.includes(key) ? text.replaceAll(key, `[key ${keyId}]`) : text
