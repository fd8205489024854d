import type { X509Certificate } from 'node:crypto'
import { isIP, type Socket } from 'node:net'
import { connect, createSecureContext, getCACertificates, type SecureContext, type TLSSocket } from 'node:tls'
import { type Certificate, NetError, type NetErrorCode, type Seen } from '../../../checks/lib/net.ts'

const MOST_CONTEXTS = 50

/**
 * Made once for each authority that is trusted besides, as building it takes some 25 ms and sharing it saves a third of each handshake. Trusts what Node trusts
 * and what the machine trusts, because companies install their own authority there.
 */
export const sharedContext = (extra: string[] = []): ((ca?: string) => SecureContext) => {
  const contexts = new Map<string, SecureContext>()
  return (ca = '') => {
    const known = contexts.get(ca)
    if (known) return known
    const own = ca ? [...extra, ca] : extra
    const made = createSecureContext({
      ca: [...new Set([...getCACertificates('default'), ...getCACertificates('system'), ...own])],
    })
    if (contexts.size >= MOST_CONTEXTS) contexts.clear()
    contexts.set(ca, made)
    return made
  }
}

/** Starts TLS on a connected socket. The chain is judged afterwards, so that a bad certificate can be shown. */
export const startTls = (
  socket: Socket,
  servername: string,
  context: SecureContext,
  alpn: string[] | undefined,
): TLSSocket =>
  connect({
    socket,
    secureContext: context,
    // Server Name Indication takes no addresses (RFC 6066).
    servername: isIP(servername) === 0 ? servername : '',
    rejectUnauthorized: false,
    ...(alpn ? { ALPNProtocols: alpn } : {}),
  })

/** What the peer showed; undefined when it showed nothing. */
export const certificateOf = (socket: TLSSocket, servername: string): Certificate | undefined => {
  const shown = socket.getPeerX509Certificate()
  if (!shown) return undefined
  const chainProblem = chainProblemOf(socket)
  const subject = namePart(shown.subject, 'CN')
  const names = (shown.subjectAltName ?? '')
    .split(', ')
    .flatMap((name) => name.match(/^(?:DNS|IP Address):(.+)$/)?.[1] ?? [])
  return {
    subject: subject ?? names[0] ?? 'no name',
    issuer: [namePart(shown.issuer, 'O'), namePart(shown.issuer, 'CN')].filter(Boolean).join(', ') || 'no name',
    names,
    validFrom: Temporal.Instant.fromEpochMilliseconds(shown.validFromDate.getTime()),
    validTo: Temporal.Instant.fromEpochMilliseconds(shown.validToDate.getTime()),
    matchesHost: matches(shown, servername),
    ...(chainProblem ? { chainProblem } : {}),
  }
}

const matches = (shown: X509Certificate, host: string) =>
  (isIP(host) === 0 ? shown.checkHost(host, { subject: 'never' }) : shown.checkIP(host)) !== undefined

// Node puts its own check of the host name in the same place; that is told apart and reported by itself.
const chainProblemOf = (socket: TLSSocket): string | undefined => {
  const problem = socket.authorizationError as unknown
  const code = problem instanceof Error ? String((problem as { code?: unknown }).code ?? problem.message) : problem
  return typeof code === 'string' && code !== 'ERR_TLS_CERT_ALTNAME_INVALID' ? code : undefined
}

const namePart = (name: string, key: string): string | undefined =>
  name
    .split('\n')
    .find((line) => line.startsWith(`${key}=`))
    ?.slice(key.length + 1)

const chainWords: Record<string, string> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'it is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'its chain ends in an authority that this machine does not know',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'it was issued by an authority that this machine does not know',
  UNABLE_TO_GET_ISSUER_CERT: 'a certificate of its chain is missing',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'the server does not send its chain, or it was issued by an unknown authority',
  CERT_REVOKED: 'it was revoked',
  CERT_SIGNATURE_FAILURE: 'its signature is wrong',
  INVALID_PURPOSE: 'it was not issued for servers',
}

/** Why a certificate is not accepted, as a code and a sentence about `target`; null when it is. */
export const distrust = (certificate: Certificate | undefined, target: string, seen: Seen): NetError | null => {
  const refuse = (code: NetErrorCode, why: string) =>
    new NetError(code, `${target} shows a certificate that ${why}`, { phase: 'tls', seen })
  if (!certificate) return new NetError('tls', `${target} shows no certificate`, { phase: 'tls', seen })
  const { chainProblem, validFrom, validTo } = certificate
  if (chainProblem === 'CERT_HAS_EXPIRED') return refuse('cert_expired', `expired at ${validTo}`)
  if (chainProblem === 'CERT_NOT_YET_VALID') return refuse('cert_not_yet_valid', `is not valid before ${validFrom}`)
  if (chainProblem) return refuse('cert_untrusted', `cannot be trusted: ${chainWords[chainProblem] ?? chainProblem}`)
  if (!certificate.matchesHost) return refuse('cert_host', `is for ${listed(certificate)}`)
  return null
}

const listed = ({ names, subject }: Certificate) =>
  names.length === 0
    ? subject
    : names.length <= 3
      ? names.join(', ')
      : `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`
