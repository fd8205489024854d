import { createCipheriv, createDecipheriv, createHmac, hash, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export type Crypto = {
  /** AES-256-GCM under a key of its own for each purpose: `sealedBy` + base64url(iv, tag, text). */
  seal(purpose: string, text: string): string
  /** Throws when it was sealed with a key that is not known here. */
  open(purpose: string, sealed: string): string
  /** How everything begins that is sealed with the present key: `v2.<eight hexadecimal digits of its print>.` */
  sealedBy: string
  /** The key that was in use before this one, while it is still given. */
  older: Crypto | null
  /** base64url HMAC-SHA256 under a key of its own for each purpose. */
  sign(purpose: string, text: string): string
  verify(purpose: string, text: string, signature: string): boolean
}

/** Keys for each purpose, derived from one secret; made once. */
const keysOf = (secretKey: string) => {
  const keys = new Map<string, Buffer>()
  const keyFor = (purpose: string) => {
    const known = keys.get(purpose)
    if (known) return known
    const derived = Buffer.from(hkdfSync('sha256', secretKey, 'watchfloor', purpose, 32))
    keys.set(purpose, derived)
    return derived
  }
  return { keyFor, print: createHmac('sha256', keyFor('print')).digest('hex').slice(0, 8) }
}

/**
 * `before`: the secret that was in use before this one. It opens what was sealed with it, and signs and verifies
 * nothing: whoever has stolen it can make neither links nor sessions.
 */
export const createCrypto = (secretKey: string, before?: string): Crypto => {
  const { keyFor, print } = keysOf(secretKey)
  const older = before ? createCrypto(before) : null
  const sealedBy = `v2.${print}.`
  const openWith = (key: Buffer, body: string) => {
    const raw = Buffer.from(body, 'base64url')
    const decipher = createDecipheriv('aes-256-gcm', key, raw.subarray(0, 12))
    decipher.setAuthTag(raw.subarray(12, 28))
    return Buffer.concat([decipher.update(raw.subarray(28)), decipher.final()]).toString('utf8')
  }
  const sign = (purpose: string, text: string) =>
    createHmac('sha256', keyFor(`sign:${purpose}`))
      .update(text)
      .digest('base64url')
  return {
    seal(purpose, text) {
      const iv = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', keyFor(`seal:${purpose}`), iv)
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return `${sealedBy}${Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')}`
    },
    sealedBy,
    older,
    open(purpose, sealed) {
      const key = keyFor(`seal:${purpose}`)
      if (sealed.startsWith(sealedBy)) return openWith(key, sealed.slice(sealedBy.length))
      // Version 1 did not say by which key.
      if (sealed.startsWith('v1.') && !older) return openWith(key, sealed.slice(3))
      if (!older) throw new Error('It was sealed with another SECRET_KEY. Set SECRET_KEY_BEFORE to that one.')
      try {
        return older.open(purpose, sealed)
      } catch (error) {
        if (sealed.startsWith('v1.')) return openWith(key, sealed.slice(3))
        throw error
      }
    },
    sign,
    verify: (purpose, text, signature) => sameText(sign(purpose, text), signature),
  }
}

/** Compares in constant time for texts of equal length. */
export const sameText = (a: string, b: string): boolean => {
  const x = Buffer.from(a)
  const y = Buffer.from(b)
  return x.length === y.length && timingSafeEqual(x, y)
}

export const sha256 = (text: string | Uint8Array): string => hash('sha256', text)

export const randomToken = (bytes = 32): string => randomBytes(bytes).toString('base64url')

/**
 * The installation's secret: from the environment, else made once and kept in the data folder, readable by its owner
 * alone. The one before it is given the same way: SECRET_KEY_BEFORE, or `secret.key.before` beside the other.
 */
export const loadCrypto = (
  given: { SECRET_KEY?: string | undefined; SECRET_KEY_BEFORE?: string | undefined },
  dataDir: string,
): Crypto => {
  const before = join(dataDir, 'secret.key.before')
  return createCrypto(
    given.SECRET_KEY ?? keptKey(dataDir),
    given.SECRET_KEY_BEFORE ?? (existsSync(before) ? readFileSync(before, 'utf8').trim() : undefined),
  )
}

const keptKey = (dataDir: string): string => {
  const file = join(dataDir, 'secret.key')
  if (!existsSync(file)) writeFileSync(file, randomToken(48), { mode: 0o600, flag: 'wx' })
  chmodSync(file, 0o600)
  return readFileSync(file, 'utf8').trim()
}
