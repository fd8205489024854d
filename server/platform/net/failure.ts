import { NetError, type NetErrorCode, type Phase, type Seen } from '../../../checks/lib/net.ts'
import { errorCode } from './name-servers.ts'

type Failure = { code: NetErrorCode; says: string; own?: boolean }

const noNetwork = (says: string): Failure => ({ code: 'no_network', says, own: true })
const exhausted = (says: string): Failure => ({ code: 'exhausted', says, own: true })
const notHttp: Failure = { code: 'protocol', says: 'answers, but not in HTTP' }
const cutShort: Failure = { code: 'closed', says: 'closed the connection before the answer was complete' }

/** Operating system and HTTP client codes. `own` ones are ours alone: they say nothing about the target. */
const failures: Record<string, Failure> = {
  ECONNREFUSED: { code: 'refused', says: 'refused the connection' },
  ECONNRESET: { code: 'reset', says: 'broke the connection off (reset)' },
  ECONNABORTED: { code: 'reset', says: 'broke the connection off (aborted)' },
  EPIPE: { code: 'closed', says: 'closed the connection while we were sending' },
  ETIMEDOUT: { code: 'timeout', says: 'did not answer (the operating system gave up)' },
  EHOSTUNREACH: { code: 'unreachable', says: 'cannot be reached (no route to the host)' },
  EHOSTDOWN: { code: 'unreachable', says: 'cannot be reached (host is down)' },
  ENETUNREACH: noNetwork('cannot be tried: this machine has no route to that network'),
  ENETDOWN: noNetwork('cannot be tried: the network of this machine is down'),
  EADDRNOTAVAIL: noNetwork('cannot be tried: this machine has no free port or address to connect from'),
  EAFNOSUPPORT: noNetwork('cannot be tried: this machine does not speak that kind of address'),
  EACCES: noNetwork('cannot be tried: this machine forbids the connection'),
  EPERM: noNetwork('cannot be tried: a firewall on this machine forbids the connection'),
  EMFILE: exhausted('cannot be tried: this process has too many files open'),
  ENFILE: exhausted('cannot be tried: this machine has too many files open'),
  ENOBUFS: exhausted('cannot be tried: this machine is out of network buffers'),
  ENOMEM: exhausted('cannot be tried: this machine is out of memory'),
  UND_ERR_SOCKET: cutShort,
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: { code: 'protocol', says: 'sent more or less than it had announced' },
  UND_ERR_HEADERS_OVERFLOW: { code: 'protocol', says: 'sent more than 64 kB of headers' },
  UND_ERR_INVALID_ARG: { code: 'bad_request', says: 'cannot be asked this' },
}

const known = (error: unknown): Failure | null => {
  const code = errorCode(error)
  if (failures[code]) return failures[code]
  return code.startsWith('HPE_') || (error as { name?: unknown } | null)?.name === 'HTTPParserError' ? notHttp : null
}

/** Of several attempts at one host, the one that tells most about the host: our own missing IPv6 is not its fault. */
const mostTelling = (error: unknown): unknown => {
  if (!(error instanceof AggregateError)) return error
  return error.errors.find((each: unknown) => !known(each)?.own) ?? error.errors[0] ?? error
}

/** Turns what a socket, TLS or HTTP failed with into a NetError about `target`. A NetError passes through. */
export const toNetError = (error: unknown, target: string, phase: Phase, seen: Seen = {}): NetError => {
  if (error instanceof NetError) return error
  const cause = mostTelling(error)
  const failure = known(cause)
  if (failure) {
    const detail = failure.code === 'bad_request' && cause instanceof Error ? `: ${cause.message}` : ''
    return new NetError(failure.code, `${target} ${failure.says}${detail}`, {
      own: failure.own ?? false,
      phase,
      seen,
      cause,
    })
  }
  const message = cause instanceof Error ? cause.message : String(cause)
  if (phase === 'tls') return new NetError('tls', `${target} ${tlsWords(cause, message)}`, { phase, seen, cause })
  return new NetError('protocol', `${target} failed in a way that was not foreseen: ${message}`, { phase, seen, cause })
}

const tlsWords = (error: unknown, message: string): string => {
  const code = errorCode(error)
  if (/WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST|UNEXPECTED_MESSAGE/.test(code))
    return 'answers, but not in TLS'
  const reason = (error as { reason?: unknown } | null)?.reason
  return `could not agree on TLS: ${typeof reason === 'string' ? reason : message}`
}
