import type { Readable } from 'node:stream'
import { createTransport, type SMTPPoolOptions, type SMTPPoolSentMessageInfo, type Transporter } from 'nodemailer'

type SmtpTransport = Transporter<SMTPPoolSentMessageInfo, SMTPPoolOptions>

/** Whether the server had been given the whole text of a mail when a send failed. */
type SendTrace = { body?: Readable }

const OPEN_AT_MOST = 4

const transports = new Map<string, SmtpTransport>()
const traces = new WeakMap<AbortSignal, SendTrace>()

const open = (url: string): SmtpTransport => {
  const transport = createTransport({
    pool: true,
    url,
    maxConnections: 5,
    maxMessages: 1000,
    // Only a mail of which not a byte went out is put back, after the server ended an idle connection.
    maxRequeues: 3,
    idleTimeout: 60_000,
    connectionTimeout: 5_000,
    greetingTimeout: 5_000,
    dnsTimeout: 5_000,
    socketTimeout: 10_000,
    socketCloseTimeout: 500,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  transport.use('stream', (mail, done) => {
    const trace = mail.data.signal && traces.get(mail.data.signal)
    if (trace) {
      mail.message.processFunc((body) => {
        trace.body = body
        return body
      })
    }
    done()
  })
  return transport
}

/** The pool of connections to an SMTP server, made at its first use and kept; at most five connections each. */
export const smtpTransport = (url: string): SmtpTransport => {
  const transport = transports.get(url) ?? open(url)
  transports.delete(url)
  transports.set(url, transport)
  for (const [oldest, pool] of transports) {
    if (transports.size <= OPEN_AT_MOST) break
    pool.close()
    transports.delete(oldest)
  }
  return transport
}

/** Follows a send by the signal that it is given. The answer is true when a server may have taken the mail although it did not say so. */
export const traceSend = (signal: AbortSignal): (() => boolean) => {
  const trace: SendTrace = {}
  traces.set(signal, trace)
  // The end of the data is written after the last byte was read; a mail that was not read to its end cannot have been taken.
  return () => trace.body?.readableEnded === true
}

/** Ends all connections. Sends that are still waiting fail, to be tried again. */
export const closeSmtpTransports = async (): Promise<void> => {
  const all = [...transports.values()]
  transports.clear()
  for (const transport of all) transport.close()
}
