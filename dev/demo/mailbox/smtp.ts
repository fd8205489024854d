import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'
import type { Instant } from '../../../server/platform/clock.ts'
import type { Mail } from './store.ts'

/** A mail server on the loopback that takes everything. */
export const startSmtp = async (keep: (mail: Omit<Mail, 'id'>) => void, now: () => Instant) => {
  const server = new SMTPServer({
    name: 'mailbox.harbour-bank.example',
    logger: false,
    disableReverseLookup: true,
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    async onData(stream, session, done) {
      const raw = await text(stream).catch(() => null)
      if (raw === null) return
      const parsed = await simpleParser(raw)
      keep({
        at: now().toString({ smallestUnit: 'second' }),
        from: parsed.from?.text ?? '',
        to: session.envelope.rcptTo.map((r) => r.address),
        subject: parsed.subject ?? '',
        text: parsed.text ?? '',
        html: parsed.html || '',
      })
      done(null)
    },
  })
  server.on('error', () => undefined)
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const found = server.server.address()
  const port = typeof found === 'object' && found ? found.port : 0
  return {
    url: `smtp://127.0.0.1:${port}`,
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}
