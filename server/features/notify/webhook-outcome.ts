import { NetError, type NetResponse } from '../../../checks/lib/net.ts'
import type { SendOutcome } from './define-channel.ts'

type Failed = Exclude<SendOutcome, { kind: 'sent' }>

/** Milliseconds that a Retry-After header asks for, as seconds or as a date; undefined when it asks for nothing that can be read. */
export const retryAfterMs = (header: string | string[] | undefined, now: Temporal.Instant): number | undefined => {
  const value = (Array.isArray(header) ? header[0] : header)?.trim() ?? ''
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000
  const at = /[A-Za-z]/.test(value) ? Date.parse(value) : Number.NaN
  return Number.isNaN(at) ? undefined : Math.max(0, at - now.epochMilliseconds)
}

/**
 * What an answer means, by the guidance of Standard Webhooks: 2xx is taken, 410 says that the endpoint is gone for
 * good, anything else is tried again. A 4xx too: a 401 or 404 is mostly a deployment under way or a proxy set up wrongly,
 * and is mended on their side without us; a page has gone on to the next method by then. Redirects are not followed,
 * because the address was checked and its target was not.
 */
export const webhookAnswer = (
  response: Pick<NetResponse, 'status' | 'statusText' | 'headers'>,
  host: string,
  now: Temporal.Instant,
): SendOutcome => {
  const { status, headers } = response
  const said = `${status} ${response.statusText}`.trim()
  if (status >= 200 && status < 300) return { kind: 'sent', receipt: said, detail: `${host} took it.` }
  if (status === 410)
    return {
      kind: 'refused',
      reason: `${host} says that this webhook is gone (${said}); remove it or give another address.`,
    }
  if (status >= 300 && status < 400) {
    return { kind: 'retry', reason: `${host} redirects (${said}), which is not followed; give the final address.` }
  }
  const afterMs = retryAfterMs(headers['retry-after'], now)
  return { kind: 'retry', reason: `${host} did not take it: ${said}.`, ...(afterMs !== undefined && { afterMs }) }
}

/** What it means that there was no answer. */
export const webhookFailure = (error: unknown, host: string): Failed => {
  if (!(error instanceof NetError)) throw error
  if (error.code === 'blocked_address') {
    return { kind: 'refused', reason: `Watchfloor is not allowed to connect to ${host}: ${error.message}.` }
  }
  if (error.code === 'redirect') {
    return { kind: 'retry', reason: `${host} redirects, which is not followed; give the final address.` }
  }
  // The request was out; whether it was read, only the other side knows.
  const out = error.phase === 'firstByte' || error.phase === 'body'
  return {
    kind: 'retry',
    reason:
      error.code === 'aborted'
        ? 'The attempt was stopped before it was done.'
        : `No answer from ${host}: ${error.message}.`,
    ...(error.own && error.code !== 'aborted' && { ours: true as const }),
    ...(out && { maybeSent: true as const }),
  }
}
