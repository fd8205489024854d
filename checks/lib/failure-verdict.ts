import { certificateFact } from './certificate.ts'
import { NetError } from './net.ts'
import type { Fact, Verdict } from './result.ts'

/** What a look that threw says: a NetError as it judges itself, an abort as blind, and a bug of ours as blind too. */
export const failureVerdict = (error: unknown, timeoutSeconds: number, isAborted: boolean): Verdict => {
  if (isAborted)
    return { outcome: 'blind', code: 'aborted', message: 'stopped by us before it had an answer', facts: [] }
  if ((error as { name?: unknown } | null)?.name === 'TimeoutError') {
    return { outcome: 'failed', code: 'timeout', message: `no answer within ${timeoutSeconds} s`, facts: [] }
  }
  if (!(error instanceof NetError)) {
    const message = `the check itself failed, which says nothing about the target: ${error instanceof Error ? error.message : String(error)}`
    return { outcome: 'blind', code: 'internal', message, facts: [] }
  }
  const facts: Fact[] = []
  const { addresses, certificate } = error.seen
  if (certificate) facts.push({ ...certificateFact(certificate), ok: !error.code.startsWith('cert_') })
  if (addresses && addresses.length > 0) facts.push({ label: 'Address', value: addresses.join(', ') })
  const limit = error.code === 'timeout' && !error.own ? ` (gave up after ${timeoutSeconds} s)` : ''
  return { outcome: error.own ? 'blind' : 'failed', code: error.code, message: error.message + limit, facts }
}
