import { cut } from '../../platform/text.ts'

export type MessageClass = 'page' | 'conversation' | 'broadcast'
export type Priority = 'P1' | 'P2' | 'P3' | 'P4' | 'P5'

/**
 * What a channel is given: neutral words, never a ticket or an alert. All of it is data; whoever writes it into a
 * header, a page of HTML or a chat escapes it there.
 */
export type Message = {
  /** Id of the delivery. The same at every attempt, so that a receiver can see a repeat as a repeat. */
  id: string
  class: MessageClass
  /** One line. */
  title: string
  /** Plain text, one paragraph or line each. */
  lines: string[]
  facts?: { label: string; value: string }[]
  /** http and https only. `primary` is what the reader is asked for: one act, or the answers to a question, the likely one first. */
  links: { label: string; url: string; primary?: boolean }[]
  priority?: Priority
  /** When it happened, with the zone to show it in: 2026-03-04T07:10:22+01:00[Europe/Zurich]. A bare instant is shown in UTC. */
  at: string
  /** The conversation that it belongs to: its root, the Message-IDs before this one, oldest first, and this one's own. */
  thread?: { id: string; references: string[]; own?: string | undefined }
  /** Made by a machine and written by nobody, although it belongs to a conversation: a receipt. */
  automatic?: boolean
  /** True when an earlier attempt may have arrived although it was not confirmed. The reader is told. */
  mayRepeat?: boolean
}

const LIMITS = { title: 200, line: 2000, lines: 200, label: 80, value: 1000, facts: 40, links: 30 }

// Bidirectional overrides are dropped too: they let a text show another order of letters than it has.
const CONTROLS = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]+/gu
const CONTROLS_BUT_TAB = /[^\P{Cc}\t]|[\u202a-\u202e\u2066-\u2069\ufeff]/gu

/** One line that is safe in a header: no line break, no control character, no lone surrogate, at most `length` UTF-16 units. */
export const oneLine = (text: string, length = LIMITS.title): string =>
  cut(text.toWellFormed().replace(CONTROLS, ' ').replace(/\s+/g, ' ').trim(), length)

const paragraph = (text: string): string[] =>
  text
    .toWellFormed()
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((line) => cut(line.replace(CONTROLS_BUT_TAB, '').trimEnd(), LIMITS.line))

const isWebAddress = (url: string): boolean => {
  const parsed = URL.parse(url)
  return parsed !== null && (parsed.protocol === 'https:' || parsed.protocol === 'http:')
}

/**
 * The same message with everything cut and cleaned that a channel could trip over. Links that are not http or https
 * are left out. Cleaning twice changes nothing.
 */
export const cleanMessage = (message: Message): Message => {
  const lines = message.lines.flatMap(paragraph)
  const kept = lines.length > LIMITS.lines ? lines.slice(0, LIMITS.lines - 1) : lines
  const dropped = lines.length - kept.length
  return {
    ...message,
    title: oneLine(message.title) || 'No title',
    lines: dropped > 0 ? [...kept, `${dropped} more lines were left out.`] : kept,
    ...(message.facts && {
      facts: message.facts
        .slice(0, LIMITS.facts)
        .map((f) => ({ label: oneLine(f.label, LIMITS.label), value: oneLine(f.value, LIMITS.value) })),
    }),
    links: message.links
      .filter((l) => isWebAddress(l.url))
      .slice(0, LIMITS.links)
      .map((l) => ({ ...l, label: oneLine(l.label, LIMITS.label) || l.url, url: new URL(l.url).href })),
  }
}

const zoned = (at: string): Temporal.ZonedDateTime =>
  at.includes('[') ? Temporal.ZonedDateTime.from(at) : Temporal.Instant.from(at).toZonedDateTimeISO('UTC')

/** The instant of a message's `at`. */
export const instantOf = (at: string): Temporal.Instant => zoned(at).toInstant()

/** `at` as people read it, with its zone: "Wed, 4 Mar 2026, 07:10:22 CET (Europe/Zurich)". */
export const displayTime = (at: string): string => {
  const time = zoned(at)
  const words = time.toLocaleString('en-GB', {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
  })
  return time.timeZoneId === 'UTC' ? words : `${words} (${time.timeZoneId})`
}

/** What a reader is told when the message may have reached him before. */
export const REPEAT_NOTE =
  'You may have received this message before: an earlier attempt was cut off before it was confirmed.'
