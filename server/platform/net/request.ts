import {
  type Connection,
  NetError,
  type NetResponse,
  type RequestOptions,
  type Timings,
} from '../../../checks/lib/net.ts'
import { decode } from './decode.ts'
import { type Answer, exchange } from './exchange.ts'
import { toNetError } from './failure.ts'

const MAX_BYTES = 256 * 1024

type Hop = { url: URL; method: string; headers: Record<string, string>; body: string | Uint8Array | undefined }
type Open = (url: URL) => Promise<Connection>

/**
 * Asks and follows redirects; each hop is resolved and checked anew by `open`. Rejects with a NetError; with
 * `maxRedirects` 0 a redirect is the answer.
 */
export const request = async (address: string, options: RequestOptions, open: Open): Promise<NetResponse> => {
  const { maxRedirects = 0, maxBytes = MAX_BYTES, signal } = options
  const timings: Timings = {}
  const redirects: string[] = []
  let hop: Hop = {
    url: readUrl(address),
    method: (options.method ?? 'GET').toUpperCase(),
    headers: withDefaults(options.headers ?? {}),
    body: options.body,
  }
  for (;;) {
    const connection = await open(hop.url).catch((error: unknown) => {
      throw redirects.length > 0 ? ofRedirect(error, hop.url) : error
    })
    const { addresses, certificate } = connection
    const seen = { addresses, ...(certificate ? { certificate } : {}) }
    add(timings, connection.timings)
    const answer = await exchange(connection.socket, { ...hop, signal, maxBytes }).catch((error: unknown) => {
      throw withSeen(error, hop.url, seen)
    })
    add(timings, { firstByte: answer.firstByte, body: answer.bodyTime })
    const location = isRedirect(answer.status) ? text(answer.headers.location) : undefined
    if (maxRedirects === 0 || location === undefined) {
      const { body, truncated } = await unpack(answer, maxBytes)
      const { status, statusText, headers } = answer
      return {
        url: hop.url.href,
        status,
        statusText,
        headers,
        body,
        truncated,
        timings,
        address: connection.address,
        ...seen,
        redirects,
      }
    }
    if (redirects.length >= maxRedirects) {
      throw new NetError('redirect', `redirected more than ${maxRedirects} times, at last from ${hop.url.href}`, {
        seen,
      })
    }
    hop = follow(hop, answer.status, location)
    redirects.push(hop.url.href)
  }
}

const readUrl = (address: string): URL => {
  const url = URL.canParse(address) ? new URL(address) : null
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url
  throw new NetError('bad_request', `${address} is not an address that starts with http:// or https://`)
}

const withDefaults = (headers: Record<string, string>) =>
  Object.keys(headers).some((name) => name.toLowerCase() === 'user-agent')
    ? headers
    : { ...headers, 'user-agent': 'Watchfloor' }

const isRedirect = (status: number) => [301, 302, 303, 307, 308].includes(status)

/** Any header of the caller's may be a secret: only these go to another origin than the one that was asked. */
const harmless = new Set(['accept', 'accept-language', 'user-agent'])

/** The next hop, by the Fetch standard: 303, and 301 and 302 after a POST, become a GET without a body. */
const follow = (hop: Hop, status: number, location: string): Hop => {
  const url = URL.canParse(location, hop.url) ? new URL(location, hop.url) : null
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw new NetError('redirect', `${hop.url.href} redirects to "${location}", which is not a web address`)
  }
  const becomesGet = status === 303 ? hop.method !== 'HEAD' : status < 303 && hop.method === 'POST'
  const method = becomesGet ? 'GET' : hop.method
  const body = becomesGet ? undefined : hop.body
  const isElsewhere = url.origin !== hop.url.origin
  if (isElsewhere && body !== undefined) {
    throw new NetError(
      'redirect',
      `${hop.url.href} redirects to ${url.origin}, which would have been sent what was meant for ${hop.url.host}`,
    )
  }
  const keep = (name: string) =>
    (becomesGet ? !name.startsWith('content-') : true) && (!isElsewhere || harmless.has(name))
  const headers = Object.fromEntries(Object.entries(hop.headers).filter(([name]) => keep(name.toLowerCase())))
  return { url, method, body, headers }
}

const unpack = async (answer: Answer, maxBytes: number) => {
  const encoding = text(answer.headers['content-encoding'])
  if (!encoding || encoding.toLowerCase() === 'identity' || answer.body.length === 0) return answer
  const unpacked = await decode(answer.body, encoding, maxBytes)
  return { body: unpacked.body, truncated: answer.truncated || unpacked.truncated }
}

const text = (header: string | string[] | undefined): string | undefined => (Array.isArray(header) ? header[0] : header)

/** What a redirect leads to is the target's doing, also where our rules refuse it. */
const ofRedirect = (error: unknown, url: URL): unknown =>
  error instanceof NetError && error.code === 'blocked_address'
    ? new NetError(error.code, `redirects to ${url.origin}: ${error.message}`, { phase: 'name', seen: error.seen })
    : error

const withSeen = (error: unknown, url: URL, seen: NetError['seen']): NetError => {
  const known = toNetError(error, url.host, 'firstByte')
  return new NetError(known.code, known.message, {
    own: known.own,
    seen,
    cause: known.cause,
    ...(known.phase ? { phase: known.phase } : {}),
  })
}

const add = (sum: Timings, more: Timings) => {
  for (const [phase, ms] of Object.entries(more) as [keyof Timings, number][]) sum[phase] = (sum[phase] ?? 0) + ms
}
