import { earlier, isBefore, later, millisBetween, plusSeconds } from '../../platform/clock.ts'
import { allowedAt, type ContactLimits } from './limits.ts'
import type { Message, Priority } from './message.ts'

/**
 * Storms. The first page to a contact goes at once. While more come, they are gathered, and each gap is longer than the
 * last; but how long a page may be held is bounded by its priority whatever the gap and the limits say.
 */
const STORM_MINUTES = 10
/** Seconds after the last page, by how many page messages the contact had in the last ten minutes. */
const GAPS = [0, 10, 30, 60]
const HELD_AT_MOST_SECONDS: Record<Priority, number> = { P1: 5, P2: 60, P3: 300, P4: 300, P5: 300 }
const NO_PRIORITY: Priority = 'P3'

/** A page that waits for one contact. `at` is when it came to wait. */
export type WaitingPage = { id: string; at: Temporal.Instant; priority?: Priority | undefined }

export type PageDecision =
  | { kind: 'none' }
  /** One id: send it as it is. Several: send them as one bundle, in this order. */
  | { kind: 'send'; ids: [string, ...string[]]; reason: string }
  /** Look again at `until`, or when another page comes. */
  | { kind: 'wait'; until: Temporal.Instant; reason: string }

const rank = (priority: Priority | undefined): number => Number((priority ?? NO_PRIORITY).slice(1))

/** Most urgent first; of equal urgency, the one that has waited longest. */
const byUrgency = (a: { priority?: Priority | undefined; at: Temporal.Instant }, b: typeof a): number =>
  rank(a.priority) - rank(b.priority) || Temporal.Instant.compare(a.at, b.at)

/** The time from which the next page is welcome by gap and limits, before priorities are looked at. */
const welcomeAt = (limits: ContactLimits, sent: Temporal.Instant[], now: Temporal.Instant) => {
  const recent = sent.filter((at) => !isBefore(now, at) && millisBetween(at, now) < STORM_MINUTES * 60_000)
  const last = recent.reduce<Temporal.Instant | null>((a, b) => (a ? later(a, b) : b), null)
  if (!last) return { at: now, reason: `The first page to this contact in ${STORM_MINUTES} minutes goes at once.` }
  const seconds = GAPS[Math.min(recent.length, GAPS.length - 1)] ?? 0
  const limit = allowedAt(limits, sent, now)
  const gap = plusSeconds(last, seconds)
  return limit.reason && isBefore(gap, limit.at)
    ? { at: limit.at, reason: limit.reason }
    : { at: gap, reason: `This contact had a page less than ${seconds} s ago; what comes meanwhile is sent together.` }
}

/**
 * What to do with the pages that wait for one contact. `sent` are the times of the page messages that the contact was
 * already sent (a bundle counts once), in any order, over the last three hours.
 */
export const decidePages = (input: {
  waiting: WaitingPage[]
  sent: Temporal.Instant[]
  limits: ContactLimits
  now: Temporal.Instant
}): PageDecision => {
  const { waiting, sent, limits, now } = input
  const welcome = welcomeAt(limits, sent, now)
  const ordered = waiting.toSorted(byUrgency)
  const [first, ...rest] = ordered
  if (!first) return { kind: 'none' }
  const dueAt = (page: WaitingPage) =>
    earlier(welcome.at, plusSeconds(page.at, HELD_AT_MOST_SECONDS[page.priority ?? NO_PRIORITY]))
  const due = rest.reduce((at, page) => earlier(at, dueAt(page)), dueAt(first))
  if (isBefore(now, due)) return { kind: 'wait', until: due, reason: welcome.reason }
  const reason = isBefore(now, welcome.at)
    ? `A ${first.priority ?? 'page'} is not held back any longer.`
    : rest.length > 0
      ? 'These pages came close together and are sent as one.'
      : 'Nothing else waits, and the last page is long enough ago.'
  return { kind: 'send', ids: [first.id, ...rest.map((p) => p.id)], reason }
}

const LISTED = 20

const counts = (messages: Message[]): string => {
  const names = ['P1', 'P2', 'P3', 'P4', 'P5'] as const
  const parts = names.map((p) => [p, messages.filter((m) => (m.priority ?? NO_PRIORITY) === p).length] as const)
  return parts
    .filter(([, n]) => n > 0)
    .map(([p, n]) => `${n} × ${p}`)
    .join(', ')
}

/**
 * One message for several pages, of one incident each: "14 incidents need you", the most urgent first, each with its
 * own link, and the rest counted. `listUrl` leads to all of them.
 */
export const bundleMessage = (messages: Message[], as: { id: string; at: string; listUrl: string }): Message => {
  const ordered = messages.toSorted((a, b) => rank(a.priority) - rank(b.priority))
  const items = ordered.slice(0, LISTED).map((m) => ({
    label: m.priority ? `${m.priority}: ${m.title}` : m.title,
    url: (m.links.find((l) => l.primary) ?? m.links[0])?.url,
  }))
  const left = ordered.length - items.length
  const most = ordered[0]?.priority
  return {
    id: as.id,
    class: 'page',
    title: `${messages.length} incidents need you`,
    lines: [
      `${counts(messages)}.`,
      ...items.flatMap((item) => (item.url ? [] : [item.label])),
      ...(left > 0 ? [`The ${LISTED} most urgent are below; the list has all ${messages.length}.`] : []),
    ],
    links: [
      { label: 'Open all of them', url: as.listUrl, primary: true },
      ...items.flatMap(({ label, url }) => (url ? [{ label, url }] : [])),
    ],
    ...(most && { priority: most }),
    at: as.at,
    ...(messages.some((m) => m.mayRepeat) && { mayRepeat: true }),
  }
}
