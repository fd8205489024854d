import type { Message } from './message.ts'

/** The bare address of "Name <address>". */
const addressOf = (from: string): string => /<([^<>]*)>\s*$/.exec(from)?.[1]?.trim() ?? from.trim()

const domainOf = (from: string): string => addressOf(from).split('@').at(-1) || 'localhost'

const messageId = (id: string, domain: string): string => {
  const known = /^<?([^<>\s@]+@[^<>\s@]+)>?$/.exec(id)
  return known ? `<${known[1]}>` : `<${id.replace(/[^A-Za-z0-9._-]+/g, '-')}@${domain}>`
}

// A header of a conversation that has gone on for months would outgrow what servers take; RFC 5322 lets the middle go.
const MOST_REFERENCES = 100

const references = (thread: NonNullable<Message['thread']>, domain: string): string[] => {
  const all = [...new Set([thread.id, ...thread.references].map((id) => messageId(id, domain)))]
  return all.length <= MOST_REFERENCES ? all : [...all.slice(0, 10), ...all.slice(10 - MOST_REFERENCES)]
}

/**
 * The header fields of a mail that do not depend on its text. The Message-ID is that of the conversation, or
 * comes from the delivery alone, so that a mail which had to be sent again shows as one in programs that fold equal ids. Pages and broadcasts are marked as
 * made by a machine (RFC 3834) and ask for no automatic answer, and so are receipts; what a person wrote is not.
 */
export const mailHeaders = (message: Message, from: string) => {
  const domain = domainOf(from)
  const thread = message.thread ? references(message.thread, domain) : []
  const last = thread.at(-1)
  const automatic = message.class !== 'conversation' || message.automatic === true
  const urgent = message.class === 'page' && (message.priority === 'P1' || message.priority === 'P2')
  return {
    messageId: messageId(message.thread?.own ?? message.id, domain),
    ...(last && { inReplyTo: last, references: thread }),
    // Sets Importance, Priority's X- forms with it.
    ...(urgent && { priority: 'high' as const }),
    headers: {
      'X-Watchfloor-Class': message.class,
      'X-Watchfloor-Delivery': message.id,
      ...(message.priority && { 'X-Watchfloor-Priority': message.priority }),
      ...(message.mayRepeat && { 'X-Watchfloor-May-Repeat': 'yes' }),
      ...(automatic && { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' }),
    },
  }
}

/** The subject. A page carries its priority in front, because that is what a phone shows of it. */
export const mailSubject = (message: Message): string =>
  message.class === 'page' && message.priority && !message.title.startsWith(message.priority)
    ? `${message.priority}: ${message.title}`
    : message.title
