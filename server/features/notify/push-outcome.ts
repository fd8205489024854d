import type { NetResponse } from '../../../checks/lib/net.ts'
import type { SendOutcome } from './define-channel.ts'
import { retryAfterMs } from './webhook-outcome.ts'

/**
 * What the answer of a push service means (RFC 8030): 2xx is taken; 404 and 410 say that the browser has left, 400, 401
 * and 403 that it was set up for another sender, 413 that the message is too long. The rest passes.
 */
export const pushAnswer = (
  response: Pick<NetResponse, 'status' | 'statusText' | 'headers'>,
  host: string,
  now: Temporal.Instant,
): SendOutcome => {
  const { status, headers } = response
  const said = `${status} ${response.statusText}`.trim()
  if (status >= 200 && status < 300) return { kind: 'sent', receipt: said, detail: `${host} took it for the browser.` }
  const reason =
    status === 404 || status === 410
      ? 'This browser takes no more messages: permission was taken back, or its data was cleared. Add it again.'
      : status === 400 || status === 401 || status === 403
        ? `${host} does not take messages of this installation for that browser (${said}). Remove it and add it again.`
        : status === 413
          ? `${host} says that the message is too long.`
          : null
  if (reason) return { kind: 'refused', reason }
  const afterMs = retryAfterMs(headers['retry-after'], now)
  return { kind: 'retry', reason: `${host} did not take it: ${said}.`, ...(afterMs !== undefined && { afterMs }) }
}
