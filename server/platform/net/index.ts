import { isIP } from 'node:net'
import {
  abortError,
  type Connection,
  type ConnectOptions,
  type Net,
  NetError,
  type QueryOptions,
  type RequestOptions,
  type Seen,
  type Timings,
} from '../../../checks/lib/net.ts'
import { abortable } from './abortable.ts'
import { checkAddresses, checkName } from './addresses.ts'
import { type Connector, settled, tcpConnector } from './connect.ts'
import { toNetError } from './failure.ts'
import { hostsFile } from './hosts-file.ts'
import { type NameServers, nameServers, oneServer } from './name-servers.ts'
import { askFor } from './records.ts'
import { request } from './request.ts'
import { isOurs, lookupError, machineResolver, type Resolver } from './resolve.ts'
import { certificateOf, distrust, sharedContext, startTls } from './tls.ts'

export type NetOptions = {
  /** Whether loopback, private and other networks of one's own may be connected to; cloud metadata never may. */
  allowPrivate: boolean
  resolver?: Resolver
  connector?: Connector
  /** Name servers for both the resolver and queries, as `address:port`; the machine's own if left out. */
  servers?: string[]
  /** Certificates in PEM that are trusted besides those of Node and of the machine. */
  ca?: string[]
}

/**
 * The only way out of Watchfloor for checks, webhooks and whatever else a person can point somewhere: resolve, check
 * all addresses, connect to a checked one. The name is never resolved a second time, so it cannot be rebound.
 */
export const createNet = (options: NetOptions): Net => {
  const { allowPrivate, connector = tcpConnector } = options
  const servers = nameServers(options.servers)
  const resolver = options.resolver ?? machineResolver(hostsFile(), servers)
  const secureContext = sharedContext(options.ca)

  const resolve = async (host: string, { signal }: { signal: AbortSignal }): Promise<string[]> => {
    if (signal.aborted) throw abortError(signal, 'name')
    const name = plainName(host)
    checkName(name)
    const isAddress = isIP(name.replace(/%.*$/, '')) !== 0
    const addresses = isAddress
      ? [name]
      : v4First(await abortable(resolver(name, signal), signal, 'name').catch(asNetError(name)))
    if (addresses.length === 0) throw new NetError('dns', `the name ${name} has no address`, { phase: 'name' })
    checkAddresses(name, addresses, allowPrivate)
    return addresses
  }

  const connect = async ({ host, port, signal, tls }: ConnectOptions): Promise<Connection> => {
    if (!Number.isInteger(port) || port < 1 || port > 65535)
      throw new NetError('bad_request', `${port} is not a port from 1 to 65535`)
    const started = performance.now()
    const addresses = await resolve(host, { signal })
    const resolved = performance.now()
    const name = plainName(host)
    const target = `${name.includes(':') ? `[${name}]` : name}:${port}`
    const seen: Seen = { addresses }
    const socket = begin(target, seen, () => connector({ host: name, addresses, port }))
    await settled(socket, 'connect', { target, phase: 'connect', seen, signal })
    const connected = performance.now()
    const timings: Timings = { name: resolved - started, connect: connected - resolved }
    const [only = '', another] = addresses
    const address = another === undefined ? only : (socket.remoteAddress ?? only)
    if (!tls) return { socket, address, addresses, timings }

    const servername = plainName(tls.servername ?? host)
    const secured = startTls(socket, servername, secureContext(tls.ca), tls.alpn)
    await settled(secured, 'secureConnect', { target, phase: 'tls', seen, signal })
    const certificate = certificateOf(secured, servername)
    if (certificate) seen.certificate = certificate
    const problem = tls.trust === 'any' ? null : distrust(certificate, target, seen)
    if (problem) {
      secured.on('error', () => undefined).destroy()
      throw problem
    }
    timings.tls = performance.now() - connected
    const tlsVersion = secured.getProtocol() ?? undefined
    return {
      socket: secured,
      address,
      addresses,
      timings,
      ...(certificate ? { certificate } : {}),
      ...(tlsVersion ? { tlsVersion } : {}),
    }
  }

  const open = (url: URL, { signal, trust, ca }: RequestOptions) =>
    connect({
      host: url.hostname,
      port: Number(url.port || (url.protocol === 'https:' ? 443 : 80)),
      signal,
      tls: url.protocol === 'https:' ? { trust, ca, alpn: ['http/1.1'] } : undefined,
    })

  return {
    resolve,
    connect,
    query: (query) =>
      query.server === undefined ? queryMachine(query, servers) : queryServer(query, query.server, resolve),
    request: (url, asked) => request(url, asked, (hop) => open(hop, asked)),
  }
}

const begin = <T>(target: string, seen: Seen, start: () => T): T => {
  try {
    return start()
  } catch (error) {
    throw toNetError(error, target, 'connect', seen)
  }
}

/** Lower case, without the brackets of a URL's IPv6 address and without the dot that ends a full name. */
const plainName = (host: string) =>
  host
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.$/, '')

const v4First = (addresses: string[]) => [...addresses].sort((a, b) => isIP(a) - isIP(b))

const asNetError = (name: string) => (error: unknown) => {
  throw toNetError(error, name, 'name')
}

const queryMachine = async ({ name, type, signal }: QueryOptions, servers: NameServers) => {
  const records = await abortable(
    servers.ask((resolver) => askFor(resolver, name, type)),
    signal,
    'name',
  ).catch((error: unknown) => {
    throw error instanceof NetError ? error : lookupError(name, error, isOurs(error, servers))
  })
  return { records, server: 'this machine' }
}

const queryServer = async ({ name, type, signal }: QueryOptions, server: string, resolve: Net['resolve']) => {
  const [, host = server, port = '53'] =
    server.match(/^\[([^\]]+)\](?::(\d+))?$/) ?? server.match(/^([^:]+)(?::(\d+))?$/) ?? []
  const [address = ''] = await resolve(host, { signal })
  const { resolver, done } = oneServer(address, Number(port), signal)
  const records = await abortable(askFor(resolver, name, type), signal, 'name')
    .catch((error: unknown) => {
      // Here the name server is what is looked at: its silence is its own.
      throw error instanceof NetError ? error : lookupError(name, error, false)
    })
    .finally(done)
  return { records, server: `${address}:${port}` }
}
