import { z } from 'zod'
import { daysLeft, endSentence, inDays } from './lib/certificate.ts'
import { defineCheck } from './lib/define.ts'
import { host, port, timing } from './lib/fields.ts'
import type { Certificate } from './lib/net.ts'
import type { Fact, Verdict } from './lib/result.ts'

const days = z.number().int('must be whole days').min(0, 'must be at least 0 days').max(365, 'must be at most 365 days')

const config = z.strictObject({
  host: host.meta({ title: 'Host', placeholder: 'orders.example.com' }),
  port: port.default(443).meta({ title: 'Port' }),
  degradedDays: days.default(21).meta({ title: 'Degraded when it ends within', unit: 'days' }),
  failedDays: days.default(3).meta({ title: 'Failed when it ends within', unit: 'days' }),
  ...timing,
  servername: host.optional().meta({
    title: 'Name on the certificate',
    description: 'Sent to the server and looked for on the certificate; the host if left empty.',
    placeholder: 'www.example.com',
    advanced: true,
  }),
  checkChain: z.boolean().default(true).meta({
    title: 'The issuer has to be trusted',
    description: 'Switch off for a self-signed certificate.',
    advanced: true,
  }),
})

export const tls = defineCheck({
  kind: 'tls',
  title: 'TLS',
  summary: 'certificate',
  help: 'Makes a TLS handshake and looks at the certificate: not expired and not about to, for this name, issued by an authority that Node or this machine trusts. For ports that speak TLS from the first byte (HTTPS, LDAPS, IMAPS), not STARTTLS.',
  config,
  example: { host: 'orders.example.com', port: 443, degradedDays: 21, failedDays: 3 },
  async run(c, { signal, now, net }) {
    const connection = await net.connect({
      host: c.host,
      port: c.port,
      signal,
      tls: { servername: c.servername, trust: 'any' },
    })
    const { socket } = connection
    // Ended before it is destroyed, so that the server's log does not show a broken handshake at each look.
    socket.on('error', () => undefined).end(() => socket.destroy())
    const { certificate, timings, addresses, tlsVersion } = connection
    const address: Fact = { label: 'Address', value: addresses.join(', ') }
    if (!certificate) {
      return {
        outcome: 'failed',
        code: 'tls',
        message: `${c.host}:${c.port} shows no certificate`,
        timings,
        facts: [address],
      }
    }
    const verdict = judge(certificate, c, now)
    const facts = [...verdict.facts, { label: 'Protocol', value: tlsVersion ?? 'unknown' }, address]
    return { ...verdict, facts, timings }
  },
})

type Wanted = {
  host: string
  servername?: string | undefined
  degradedDays: number
  failedDays: number
  checkChain: boolean
}

// An expired or not yet valid certificate is judged by its dates, so that it is not told twice.
const datesOnly = new Set(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID'])

const judge = (certificate: Certificate, wanted: Wanted, now: Temporal.Instant): Verdict => {
  const { chainProblem, validFrom, validTo, matchesHost } = certificate
  const name = wanted.servername ?? wanted.host
  const left = daysLeft(certificate, now)
  const hasBegun = Temporal.Instant.compare(validFrom, now) <= 0
  const hasEnded = Temporal.Instant.compare(validTo, now) <= 0
  const isTrusted = chainProblem === undefined || datesOnly.has(chainProblem)
  const facts: Fact[] = [
    {
      label: 'Certificate',
      value: [certificate.subject, ...certificate.names.filter((n) => n !== certificate.subject)].join(', '),
      ok: matchesHost,
    },
    {
      label: 'Issuer',
      value: isTrusted ? certificate.issuer : `${certificate.issuer} (${chainProblem})`,
      ok: isTrusted || !wanted.checkChain,
    },
    {
      label: 'Valid until',
      value: `${validTo}, ${inDays(left)}`,
      ok: hasBegun && !hasEnded && left >= wanted.degradedDays,
    },
  ]
  const failed = (code: string, message: string): Verdict => ({ outcome: 'failed', code, message, facts })
  if (hasEnded) return failed('cert_expired', endSentence(left))
  if (!hasBegun) return failed('cert_not_yet_valid', `the certificate is not valid before ${validFrom}`)
  if (!matchesHost) return failed('cert_host', `the certificate is not for ${name}`)
  if (!isTrusted && wanted.checkChain)
    return failed('cert_untrusted', `the issuer of the certificate is not trusted (${chainProblem})`)
  if (left < wanted.failedDays) return failed('cert_ends_soon', endSentence(left))
  if (left < wanted.degradedDays)
    return { outcome: 'degraded', code: 'cert_ends_soon', message: endSentence(left), facts }
  return { outcome: 'ok', code: 'ok', message: endSentence(left), facts }
}
