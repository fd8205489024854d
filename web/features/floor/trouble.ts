import type { DeliveryView } from '../../../contract/notify/index.ts'
import { type Instant, millis } from '../../ui/time.ts'

export type Undelivered = Pick<DeliveryView, 'id' | 'channel' | 'state' | 'createdAt' | 'lastError' | 'address' | 'user'> & {
  attempts: readonly { startedAt: Instant; outcome: string | null }[]
}
/** Trouble with telling people, channel by channel. `now`: messages still wait for it; else it was given up. */
export type Outage = { channel: string; now: boolean; since: Instant; count: number; error: string; to: string }

const day = 86_400_000
const channelWords: Record<string, string> = { mail: 'Mail', webhook: 'Webhooks', sms: 'SMS', voice: 'Voice calls' }

/** 'Mail', 'Webhooks'; a channel that is not known by its own name. */
export const channelName = (channel: string): string => channelWords[channel] ?? channel.charAt(0).toUpperCase() + channel.slice(1)

const firstFailure = (one: Undelivered): Instant => one.attempts.find(({ outcome }) => outcome === 'retry' || outcome === 'refused')?.startedAt ?? one.createdAt

/**
 * What of that which did not get through must be told: what still waits to be tried again, and what was given up within
 * the last day. The worst first: what is so now.
 */
export const outagesOf = (undelivered: readonly Undelivered[], now: number): Outage[] => {
  const recent = undelivered.filter(({ state, createdAt }) => state !== 'failed' || now - millis(createdAt) < day)
  const groups = Map.groupBy(recent, ({ channel, state }) => `${channel} ${state === 'failed' ? 'failed' : 'waits'}`)
  return [...groups.values()]
    .flatMap((all) => {
      const [first, ...rest] = all.toSorted((a, b) => millis(firstFailure(a)) - millis(firstFailure(b)))
      if (!first) return []
      const last = rest.at(-1) ?? first
      return [
        {
          channel: first.channel,
          now: first.state !== 'failed',
          since: firstFailure(first),
          count: all.length,
          error: last.lastError ?? 'The reason is not known.',
          to: last.user?.name ?? last.address,
        },
      ]
    })
    .toSorted((a, b) => Number(b.now) - Number(a.now) || millis(a.since) - millis(b.since))
}
