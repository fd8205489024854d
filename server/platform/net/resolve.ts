import { lookup } from 'node:dns/promises'
import { NetError } from '../../../checks/lib/net.ts'
import { abortable } from './abortable.ts'
import { errorCode, isNegativeAnswer, type NameServers } from './name-servers.ts'

/** All addresses of a name (lower case, no trailing dot, never an IP address). Rejects with a NetError. */
export type Resolver = (name: string, signal: AbortSignal) => Promise<string[]>

const loopback = ['127.0.0.1', '::1']

/**
 * As the machine itself would resolve: hosts file, DNS, and only for what the DNS does not know the C library, which
 * adds search domains and mDNS. The order keeps a dead name server from filling the few threads that getaddrinfo has.
 */
export const machineResolver = (
  hosts: (name: string) => Promise<string[]>,
  servers: NameServers,
  system: (name: string) => Promise<string[]> = systemLookup,
): Resolver => {
  const find = async (name: string) => {
    const pinned = await hosts(name)
    if (pinned.length > 0) return pinned
    if (name === 'localhost' || name.endsWith('.localhost')) return loopback
    const [v4, v6] = await Promise.allSettled([
      servers.ask((resolver) => resolver.resolve4(name)),
      servers.ask((resolver) => resolver.resolve6(name)),
    ])
    const addresses = [v4, v6].flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []))
    if (addresses.length > 0) return addresses
    const problems = [v4, v6].flatMap((answer) => (answer.status === 'rejected' ? [answer.reason as unknown] : []))
    const problem = problems.find((reason) => !isNegativeAnswer(reason))
    if (problem !== undefined && errorCode(problem) !== 'ECONNREFUSED')
      throw lookupError(name, problem, isOurs(problem, servers))
    return await system(name).catch(() => {
      throw lookupError(name, problem ?? problems[0], isOurs(problem, servers))
    })
  }
  return async (name, signal) => {
    try {
      return await abortable(find(name), signal, 'name')
    } catch (error) {
      const isSlow = error instanceof NetError && error.code === 'timeout'
      throw isSlow && !servers.areWell() ? lookupError(name, { code: 'ETIMEOUT' }, true) : error
    }
  }
}

const systemLookup = async (name: string) => (await lookup(name, { all: true })).map((entry) => entry.address)

/** Whether a failed lookup is our side's: always without a name server, else unless it has answered for other names. */
export const isOurs = (problem: unknown, servers: Pick<NameServers, 'areWell'>): boolean =>
  errorCode(problem) === 'ECONNREFUSED' || !servers.areWell()

const words: Record<string, string> = {
  ETIMEOUT: 'no name server answered',
  ESERVFAIL: 'the name server could not find out (SERVFAIL)',
  EREFUSED: 'the name server refused to say (REFUSED)',
  ECONNREFUSED: 'there is no name server at the address that was asked',
}

/** A failed lookup in words; `own` says that our side and not the name is to blame, unless the answer itself was no. */
export const lookupError = (name: string, problem: unknown, own: boolean): NetError => {
  const code = errorCode(problem)
  const more = { phase: 'name', cause: problem } as const
  if (code === 'ENOTFOUND') return new NetError('dns', `the name ${name} does not exist`, more)
  if (code === 'ENODATA') return new NetError('dns', `the name ${name} has no such record`, more)
  if (/^E?BAD(NAME|QUERY|STR)/.test(code)) return new NetError('dns', `${name} is not a valid name`, more)
  const why = words[code] ?? `the lookup failed (${code || String(problem)})`
  return own
    ? new NetError('resolver', `names cannot be resolved from here: ${why}, asked for ${name}`, { ...more, own })
    : new NetError('dns', `the name ${name} cannot be resolved: ${why}`, more)
}
