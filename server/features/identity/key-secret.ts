import { randomToken, sha256 } from '../../platform/crypto.ts'

/** A new secret of a key: `wf_` and 256 bits of chance. Only its hash and its last four characters are kept. */
export const newSecret = (): { secret: string; hash: string; hint: string } => {
  const secret = `wf_${randomToken(32)}`
  return { secret, hash: sha256(secret), hint: secret.slice(-4) }
}

export const isSecret = (text: string): boolean => /^wf_[\w-]{43}$/.test(text)
