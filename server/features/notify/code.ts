import { createHash } from 'node:crypto'
import type { Crypto } from '../../platform/crypto.ts'

/** Six digits, derived from a nonce and the installation's key. */
export const verificationCode = (crypto: Crypto, nonce: string): string => {
  const bytes = createHash('sha256').update(crypto.sign('verification', nonce)).digest()
  return String(bytes.readUInt32BE(0) % 1_000_000).padStart(6, '0')
}
