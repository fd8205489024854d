import type { FastifyRequest } from 'fastify'
import type { Actor } from '../access.ts'
import { sha256 } from '../crypto.ts'

const MOST_KNOWN = 50_000

export type Callers = {
  /** The name under which the requests of a caller are counted. */
  of(request: FastifyRequest): string
  /** Notes that whoever sent this was found to be somebody. */
  learn(request: FastifyRequest, actor: Actor): void
}

/**
 * Whom requests are counted for: a key or a session that was valid here before, else the address. A secret that was made
 * up counts for the address that sends it, so that a new one each time opens no new account.
 */
export const createCallers = (): Callers => {
  const known = new Set<string>()
  return {
    of(request) {
      const name = nameOf(request)
      return name !== null && known.has(name) ? name : request.ip
    },
    learn(request, actor) {
      const name = actor.kind === 'nobody' ? null : nameOf(request)
      if (name === null || known.has(name)) return
      if (known.size >= MOST_KNOWN) known.clear()
      known.add(name)
    },
  }
}

// Hashed: the limiter's memory is no place for secrets.
const nameOf = ({ headers }: FastifyRequest): string | null => {
  const secret = headers.authorization ?? headers.cookie
  return secret ? sha256(secret) : null
}
