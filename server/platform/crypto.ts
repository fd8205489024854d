import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export type Crypto = {
  /** AES-256-GCM under a key of its own for each purpose; `v1.` + base64url(iv, tag, text). */
  seal(purpose: string, text: string): string
  open(purpose: string, sealed: string): string
  /** base64url HMAC-SHA256 under a key of its own for each purpose. */
  sign(purpose: string, text: string): string
  verify(purpose: string, text: string, signature: string): boolean
}

export const createCrypto = (secretKey: string): Crypto => {
  const keys = new Map<string, Buffer>()
  const keyFor = (purpose: string) => {
    const known = keys.get(purpose)
    if (known) return known
    const derived = Buffer.from(hkdfSync('sha256', secretKey, 'watchfloor', purpose, 32))
    keys.set(purpose, derived)
    return derived
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
      return `v1.${Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')}`
    },
    open(purpose, sealed) {
      const raw = Buffer.from(sealed.slice(3), 'base64url')
      const decipher = createDecipheriv('aes-256-gcm', keyFor(`seal:${purpose}`), raw.subarray(0, 12))
      decipher.setAuthTag(raw.subarray(12, 28))
      return Buffer.concat([decipher.update(raw.subarray(28)), decipher.final()]).toString('utf8')
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

export const sha256 = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex')

export const randomToken = (bytes = 32): string => randomBytes(bytes).toString('base64url')

/** The installation's secret: from the environment, else made once and kept in the data folder, readable by its owner alone. */
export const loadSecretKey = (fromEnvironment: string | undefined, dataDir: string): string => {
  if (fromEnvironment) return fromEnvironment
  const file = join(dataDir, 'secret.key')
  if (!existsSync(file)) writeFileSync(file, randomToken(48), { mode: 0o600, flag: 'wx' })
  chmodSync(file, 0o600)
  return readFileSync(file, 'utf8').trim()
}
