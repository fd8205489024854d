import { Resolver } from 'node:dns/promises'

const TRIES = { timeout: 1_500, tries: 2 }
const FRESH_MS = 60_000
const RENEW_MS = 5_000

/** These answers prove that the name server works, whatever they say about the name. */
const answered = new Set(['ENOTFOUND', 'ENODATA'])

export const errorCode = (error: unknown): string => String((error as { code?: unknown } | null)?.code ?? '')
export const isNegativeAnswer = (error: unknown): boolean => answered.has(errorCode(error))

export type NameServers = {
  ask<T>(question: (resolver: Resolver) => Promise<T>): Promise<T>
  /** True when a failure to resolve may be blamed on the name: the server has answered for another within a minute. */
  areWell(): boolean
}

/**
 * The machine's own name servers. When they fail, `/etc/resolv.conf` is read again (a laptop moves, a container gets
 * its network late), because a Resolver reads it only when it is made.
 */
export const nameServers = (servers?: string[]): NameServers => {
  const make = () => {
    const resolver = new Resolver(TRIES)
    if (servers) resolver.setServers(servers)
    return resolver
  }
  let resolver = make()
  let madeAt = performance.now()
  let answeredAt = Number.NEGATIVE_INFINITY
  return {
    async ask(question) {
      try {
        const answer = await question(resolver)
        answeredAt = performance.now()
        return answer
      } catch (error) {
        if (isNegativeAnswer(error)) answeredAt = performance.now()
        else if (performance.now() - madeAt > RENEW_MS) {
          resolver = make()
          madeAt = performance.now()
        }
        throw error
      }
    },
    areWell: () => performance.now() - answeredAt < FRESH_MS,
  }
}

/** A Resolver for one name server given as address and port, cancelled with the signal. */
export const oneServer = (
  address: string,
  port: number,
  signal: AbortSignal,
): { resolver: Resolver; done: () => void } => {
  const resolver = new Resolver(TRIES)
  resolver.setServers([address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`])
  const cancel = () => resolver.cancel()
  signal.addEventListener('abort', cancel)
  return { resolver, done: () => signal.removeEventListener('abort', cancel) }
}
