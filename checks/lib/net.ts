import type { Socket } from 'node:net'

/**
 * The way out, supplied by the host (server, agent or test). It resolves a name, checks all its addresses against the
 * host's rules and connects only to an address that was checked. All functions reject with a NetError and nothing else.
 */
export type Net = {
  /** The checked addresses of a host, IPv4 first. An IP address is checked and returned as it is. */
  resolve(host: string, options: { signal: AbortSignal }): Promise<string[]>
  /** Asks the DNS, without the hosts file. `records` are in zone file notation: `10 mx.example.com.` for an MX. */
  query(options: QueryOptions): Promise<{ records: string[]; server: string }>
  /** Opens a TCP connection, with TLS on top where `tls` is given. The caller destroys the socket. */
  connect(options: ConnectOptions): Promise<Connection>
  /** One HTTP exchange on a fresh connection, redirects followed up to `maxRedirects` (0 unless told). */
  request(url: string, options: RequestOptions): Promise<NetResponse>
}

export const recordTypes = ['A', 'AAAA', 'CNAME', 'MX', 'TXT', 'NS', 'SOA', 'SRV', 'CAA'] as const
export type RecordType = (typeof recordTypes)[number]

export type QueryOptions = {
  name: string
  type: RecordType
  /** `9.9.9.9`, `ns.example.com`, with a port after a colon if it is not 53; the machine's own name servers if left out. */
  server?: string | undefined
  signal: AbortSignal
}

/** `any`: a certificate that is expired, for another host or of an unknown issuer is accepted and reported. */
export type Trust = 'required' | 'any'

export type ConnectOptions = {
  host: string
  port: number
  signal: AbortSignal
  tls?:
    | {
        servername?: string | undefined
        trust?: Trust | undefined
        alpn?: string[] | undefined
        /** Certificates in PEM that are trusted besides. */
        ca?: string | undefined
      }
    | undefined
}

export type Connection = {
  socket: Socket
  /** The address that we are connected to. */
  address: string
  addresses: string[]
  timings: Timings
  certificate?: Certificate
  /** `TLSv1.3` and the like. */
  tlsVersion?: string
}

export type RequestOptions = {
  method?: string | undefined
  headers?: Record<string, string> | undefined
  body?: string | Uint8Array | undefined
  signal: AbortSignal
  maxRedirects?: number | undefined
  /** The body is cut here, both as it comes and after decompression; 256 kB unless told. */
  maxBytes?: number | undefined
  trust?: Trust | undefined
  /** Certificates in PEM that are trusted besides, such as the authority of a cluster. */
  ca?: string | undefined
}

export type NetResponse = {
  /** The address that answered: another than the one asked for after a redirect. */
  url: string
  status: number
  statusText: string
  /** Names in lower case. */
  headers: Record<string, string | string[] | undefined>
  /** Decompressed. */
  body: Uint8Array
  truncated: boolean
  /** Summed over redirects. */
  timings: Timings
  address: string
  addresses: string[]
  certificate?: Certificate
  redirects: string[]
}

/** Milliseconds with fractions, per phase; a phase that was not reached is left out. */
export type Timings = { name?: number; connect?: number; tls?: number; firstByte?: number; body?: number }
export type Phase = keyof Timings

export type Certificate = {
  subject: string
  issuer: string
  names: string[]
  validFrom: Temporal.Instant
  validTo: Temporal.Instant
  matchesHost: boolean
  /** Why the chain was not accepted, as OpenSSL names it (`CERT_HAS_EXPIRED`); absent when it was. */
  chainProblem?: string
}

export type NetErrorCode =
  | 'timeout'
  | 'aborted'
  | 'blocked_address'
  | 'dns'
  | 'resolver'
  | 'refused'
  | 'unreachable'
  | 'reset'
  | 'closed'
  | 'no_network'
  | 'exhausted'
  | 'tls'
  | 'cert_expired'
  | 'cert_not_yet_valid'
  | 'cert_host'
  | 'cert_untrusted'
  | 'protocol'
  | 'redirect'
  | 'bad_request'

export type Seen = { addresses?: string[]; certificate?: Certificate }

/** A sentence for people, a code for machines, and whose fault it is. */
export class NetError extends Error {
  readonly code: NetErrorCode
  /** True when our own side could not look: it says nothing about the target. */
  readonly own: boolean
  readonly phase: Phase | undefined
  /** What had been found out before it failed. */
  readonly seen: Seen
  constructor(
    code: NetErrorCode,
    message: string,
    more: { own?: boolean; phase?: Phase; seen?: Seen; cause?: unknown } = {},
  ) {
    super(message, { cause: more.cause })
    this.name = 'NetError'
    this.code = code
    this.own = more.own ?? false
    this.phase = more.phase
    this.seen = more.seen ?? {}
  }
}

const doing: Record<Phase, string> = {
  name: 'looking up the name',
  connect: 'connecting',
  tls: 'agreeing on TLS',
  firstByte: 'waiting for the answer',
  body: 'reading the answer',
}

/**
 * What an aborted signal means: a reason named TimeoutError (as AbortSignal.timeout gives) is a target that is too
 * slow, any other abort is our own decision.
 */
export const abortError = (signal: AbortSignal, phase: Phase, seen: Seen = {}): NetError =>
  (signal.reason as { name?: unknown } | undefined)?.name === 'TimeoutError'
    ? new NetError('timeout', `timed out while ${doing[phase]}`, { phase, seen })
    : new NetError('aborted', `stopped by us while ${doing[phase]}`, { own: true, phase, seen })
