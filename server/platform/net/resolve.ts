import { lookup } from 'node:dns/promises'
import { NetError } from '../../../checks/lib/net.ts'
import { errorCode, isNegativeAnswer, type NameServers } from './name-servers.ts'

/** All addresses of a name (lower case, no trailing dot, never an IP address). Rejects with a NetError. */
export type Resolver = (name: string) => Promise<string[]>

const loopback = ['127.0.0.1', '::1']

/**
 * As the machine itself would resolve: hosts file, DNS, and only for what the DNS does not know the C library, which
 * adds search domains and mDNS. The order keeps a dead name server from filling the few threads that getaddrinfo has.
 */
export const machineResolver =
  (hosts: (name: string) => Promise<string[]>, servers: NameServers, system: Resolver = systemLookup): Resolver =>
  async (name) => {
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
    if (problem !== undefined && errorCode(problem) !== 'ECONNREFUSED') throw lookupError(name, problem, servers)
    return await system(name).catch(() => {
      throw lookupError(name, problem ?? problems[0], servers)
    })
  }

const systemLookup: Resolver = async (name) => (await lookup(name, { all: true })).map((entry) => entry.address)

const words: Record<string, string> = {
  ETIMEOUT: 'no name server answered',
  ESERVFAIL: 'the name server could not find out (SERVFAIL)',
  EREFUSED: 'the name server refused to say (REFUSED)',
  ECONNREFUSED: 'there is no name server where this machine looks for one',
}

/** A failed lookup in words. Blames the name only when its negative answer, or answers for other names, prove our side well. */
export const lookupError = (name: string, problem: unknown, servers: Pick<NameServers, 'areWell'>): NetError => {
  const code = errorCode(problem)
  const more = { phase: 'name', cause: problem } as const
  if (code === 'ENOTFOUND') return new NetError('dns', `the name ${name} does not exist`, more)
  if (code === 'ENODATA') return new NetError('dns', `the name ${name} has no such record`, more)
  if (/^E?BAD(NAME|QUERY|STR)/.test(code)) return new NetError('dns', `${name} is not a valid name`, more)
  const why = words[code] ?? `the lookup failed (${code || String(problem)})`
  return servers.areWell() && code !== 'ECONNREFUSED'
    ? new NetError('dns', `the name ${name} cannot be resolved: ${why}`, more)
    : new NetError('resolver', `names cannot be resolved from here: ${why}, asked for ${name}`, { ...more, own: true })
}
