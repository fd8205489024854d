import { createServer, type Socket } from 'node:net'
import { text as readText } from 'node:stream/consumers'
import { type Headers, simpleParser } from 'mailparser'
import { SMTPServer, type SMTPServerSession } from 'smtp-server'
import { fits, inbox } from './inbox.ts'
import { revivable } from './revivable.ts'

export type SinkMail = {
  /** Envelope, which is what counts, not the headers. */
  from: string
  to: string[]
  subject: string
  text: string
  /** Empty when the mail has none. */
  html: string
  headers: Headers
  /** The unfolded value of a header as it came over the wire, undecoded. */
  header(name: string): string | undefined
  messageId: string
  raw: string
  /** Real time, milliseconds since 1970, at the end of its data. */
  receivedAt: number
}

export type SmtpBehaviour = {
  /** Recipient address → the answer to it, such as 550 or "550 5.1.1 No such user". */
  refuse?: Record<string, number | string>
  refuseSender?: number | string
  /** The answer to the text of the mail, which is then not kept. */
  refuseData?: number | string
  /** Wait before the answer to the text. */
  delayMs?: number
  /** So many of the next recipients are answered 451. */
  tempfail?: number
  /** Not listening, every connection cut; `false` or absent: listening, at the same port. */
  down?: boolean
  /** Greets for ever, a byte at a time. */
  slowByte?: boolean
  /** Keeps the mail, then cuts the connection instead of answering 250. */
  dropAfterData?: boolean
}

export type MailPattern = {
  to?: string | RegExp
  from?: string | RegExp
  subject?: string | RegExp
  text?: string | RegExp
}

export type SmtpSink = Awaited<ReturnType<typeof startSmtpSink>>

const answer = (reply: number | string): Error & { responseCode: number } => {
  const parts = /^(\d{3})[ -]?(.*)$/.exec(String(reply))
  return Object.assign(new Error(parts?.[2] || 'Refused'), { responseCode: Number(parts?.[1] ?? 550) })
}

const dripGreeting = (socket: Socket): void => {
  const greeting = '220-One moment please\r\n'
  let sent = 0
  const timer = setInterval(() => socket.write(greeting.charAt(sent++ % greeting.length)), 20)
  socket.once('close', () => clearInterval(timer))
}

const parse = async (raw: string, session: SMTPServerSession): Promise<SinkMail> => {
  const receivedAt = Date.now()
  const parsed = await simpleParser(raw)
  const header = (name: string) =>
    parsed.headerLines
      .find((h) => h.key === name.toLowerCase())
      ?.line.replace(/^[^:]*:\s*/, '')
      .replace(/\r?\n[ \t]+/g, ' ')
  return {
    from: session.envelope.mailFrom ? session.envelope.mailFrom.address : '',
    to: session.envelope.rcptTo.map((r) => r.address),
    subject: parsed.subject ?? '',
    text: parsed.text ?? '',
    html: parsed.html || '',
    headers: parsed.headers,
    header,
    messageId: parsed.messageId ?? '',
    raw,
    receivedAt,
  }
}

/**
 * A real SMTP server on the loopback that keeps what it is sent and misbehaves on demand. `auth` makes it ask for a
 * sign-in.
 */
export const startSmtpSink = async (options: { port?: number; auth?: { user: string; pass: string } } = {}) => {
  const mails = inbox<SinkMail>('mail', (m) => `to ${m.to.join(', ')}: ${m.subject}`)
  const sockets = new Map<number, Socket>()
  let behaviour: SmtpBehaviour = {}
  let tempfails = 0

  const smtp = new SMTPServer({
    name: 'sink.test',
    logger: false,
    disableReverseLookup: true,
    allowInsecureAuth: true,
    authOptional: !options.auth,
    disabledCommands: options.auth ? ['STARTTLS'] : ['STARTTLS', 'AUTH'],
    onAuth(auth, _session, done) {
      const ok = auth.username === options.auth?.user && auth.password === options.auth?.pass
      if (ok) done(null, { user: auth.username })
      else done(answer('535 5.7.8 Authentication credentials invalid'))
    },
    onMailFrom(_address, _session, done) {
      done(behaviour.refuseSender ? answer(behaviour.refuseSender) : null)
    },
    onRcptTo({ address }, _session, done) {
      const refusal = behaviour.refuse?.[address]
      if (refusal) return done(answer(refusal))
      if (tempfails > 0) {
        tempfails--
        return done(answer('451 4.3.0 Try again later'))
      }
      done()
    },
    async onData(stream, session, done) {
      // Whoever sends it may die half-way; then there is nothing to keep and nobody to answer.
      const raw = await readText(stream).catch(() => null)
      if (raw === null) return
      if (behaviour.refuseData) return done(answer(behaviour.refuseData))
      const mail = await parse(raw, session)
      if (behaviour.delayMs) await new Promise((resolve) => setTimeout(resolve, behaviour.delayMs))
      // Answered first: who waits for the mail finds that its sender knows of it as well, or soon will.
      if (behaviour.dropAfterData) sockets.get(session.remotePort)?.destroy()
      else done(null, 'queued as sink-1')
      mails.add(mail)
    },
  })
  smtp.on('error', () => {})

  const server = createServer((socket) => {
    const port = socket.remotePort ?? 0
    sockets.set(port, socket)
    socket.once('close', () => sockets.delete(port))
    if (behaviour.slowByte) dripGreeting(socket)
    else smtp.connect(socket)
  })
  const line = await revivable(server, options.port)
  const signIn = options.auth
    ? `${encodeURIComponent(options.auth.user)}:${encodeURIComponent(options.auth.pass)}@`
    : ''

  return {
    url: `smtp://${signIn}127.0.0.1:${line.port}`,
    port: line.port,
    /** Everything received since the start or `clear`, also what was taken. */
    messages: mails.all,
    next: mails.next,
    unexpected: mails.unexpected,
    expectNothingElse: mails.expectNothingElse,
    clear: mails.clear,
    /** Takes the next mail that fits; waits up to `timeoutMs` of real time. */
    expectMail: (wanted: MailPattern, timeoutMs?: number): Promise<SinkMail> =>
      mails.next(
        (m) =>
          (wanted.to === undefined || m.to.some((to) => fits(wanted.to, to))) &&
          fits(wanted.from, m.from) &&
          fits(wanted.subject, m.subject) &&
          fits(wanted.text, m.text),
        timeoutMs,
      ),
    /** How many connections are open. */
    connections: () => sockets.size,
    /** From now on; replaces what was asked before, and `{}` is a server without fault. */
    async behave(next: SmtpBehaviour): Promise<void> {
      const greetingChanges = (next.slowByte ?? false) !== (behaviour.slowByte ?? false)
      behaviour = next
      tempfails = next.tempfail ?? 0
      if (greetingChanges) line.dropConnections()
      await (next.down ? line.kill() : line.revive())
    },
    stop: line.kill,
  }
}
