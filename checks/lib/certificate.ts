import type { Certificate } from './net.ts'
import type { Fact } from './result.ts'

const DAY_MS = 86_400_000

/** Whole days until the certificate ends, rounded down; negative when it has ended. */
export const daysLeft = (certificate: Certificate, now: Temporal.Instant): number =>
  Math.floor((certificate.validTo.epochMilliseconds - now.epochMilliseconds) / DAY_MS)

export const inDays = (days: number): string =>
  days < 0 ? `ended ${count(-days)} ago` : days === 0 ? 'ends today' : `${count(days)} left`

/** "the certificate ends in 5 days". */
export const endSentence = (days: number): string =>
  days < 0
    ? `the certificate ended ${count(-days)} ago`
    : days === 0
      ? 'the certificate ends today'
      : `the certificate ends in ${count(days)}`

const count = (days: number) => (days === 1 ? '1 day' : `${days} days`)

export const certificateFact = (certificate: Certificate, now?: Temporal.Instant): Fact => {
  const until = now ? inDays(daysLeft(certificate, now)) : `until ${certificate.validTo}`
  return { label: 'Certificate', value: `${certificate.subject}, ${until}` }
}
