import type { Readable } from 'node:stream'
import { simpleParser } from 'mailparser'
import { SMTPServer, type SMTPServerAddress, type SMTPServerSession } from 'smtp-server'
import { newId } from '../../platform/ids.ts'
import type { Platform } from '../../platform/platform.ts'
import type { Running } from '../../platform/registry-of-work.ts'
import { isUuid } from './ping-action.ts'
import { createAllowance } from './ping-allowance.ts'
import { readTail } from './ping-body.ts'
import { createPingDesk } from './ping-desk.ts'
import { readTls, renewTls } from './ping-mail-tls.ts'
import { createPingStore } from './ping-store.ts'

const MOST_BYTES = 32_000_000
/** So much of a mail is looked at for words. */
const READ_BYTES = 1_000_000
const MOST_RECIPIENTS = 100
const MOST_CLIENTS = 200
const IDLE_MS = 60_000
/** Of one connection: who guesses has to come again. */
const MOST_WRONG = 20
const MOST_WAITING = 50_000

const answer = (code: number, text: string) => Object.assign(new Error(text), { responseCode: code })
const unknown = () => answer(550, '5.1.1 There is no job with this address.')

/**
 * Pings by mail, as healthchecks takes them: to `<id of the job>@…` or `<ping key>+<slug>@…`; the whole mail is what the
 * run has printed, and the words of its subject and text may say what it means. Accepted only once it is kept; with the
 * database away the sender is asked to come again.
 */
export const startPingMail = async (platform: Platform): Promise<Running> => {
  const { log, config, metrics } = platform
  const port = config.PING_SMTP_PORT
  if (port === undefined) return { idle: async () => undefined, stop: async () => undefined }
  const tls = readTls(platform)
  const store = createPingStore(platform)
  const desk = createPingDesk(platform)
  const allowance = createAllowance(platform)

  const jobOf = async ({ address }: SMTPServerAddress): Promise<string | null> => {
    const local = address.slice(0, address.lastIndexOf('@'))
    if (isUuid(local)) {
      const job = await platform.db
        .selectFrom('jobs')
        .select('id')
        .where('id', '=', local.toLowerCase())
        .where('archived_at', 'is', null)
        .executeTakeFirst()
      return job?.id ?? null
    }
    const [, key, slug] = /^([\w-]{22})\+([a-z0-9_-]{1,100})$/.exec(local) ?? []
    const team = key ? await desk.teamOf(key) : null
    const meant = team && slug ? await desk.jobOf(team, slug, null) : 'unknown'
    return typeof meant === 'object' ? meant.jobId : null
  }

  /** Why nothing is taken for an address now; null when it is. A job has the same allowance as by HTTP. */
  const mayPing = async (address: SMTPServerAddress): Promise<ReturnType<typeof answer> | null> => {
    const id = await jobOf(address)
    if (!id) return unknown()
    const limit = await allowance.exceeded(id)
    if (limit === null) return null
    const most = limit === 1 ? '1 ping' : `${limit} pings`
    return answer(450, `4.7.1 This job takes at most ${most} a second; try again later.`)
  }

  const take = async (stream: Readable, session: SMTPServerSession): Promise<void> => {
    const first: Buffer[] = []
    let held = 0
    stream.on('data', (chunk: Buffer) => {
      if (held >= READ_BYTES) return
      first.push(chunk)
      held += chunk.length
    })
    const output = await readTail(stream)
    if ((stream as { sizeExceeded?: boolean }).sizeExceeded) throw answer(552, '5.3.4 This mail is too large.')
    const { subject = '', text = '', html } = await simpleParser(Buffer.concat(first), { skipImageLinks: true })
    const received = platform.clock.ms()
    const from = session.envelope.mailFrom ? session.envelope.mailFrom.address : ''
    const ids = new Set((await Promise.all(session.envelope.rcptTo.map(jobOf))).filter((id) => id !== null))
    await Promise.all(
      [...ids].map(async (jobId) => {
        const { known, perSecond } = await store.put({
          jobId,
          id: newId(),
          kind: 'success',
          exit: null,
          rid: null,
          givenId: null,
          received,
          happened: received,
          late: false,
          note: null,
          host: null,
          cpuMs: null,
          peakKb: null,
          volumes: null,
          remote: session.remoteAddress,
          method: null,
          scheme: 'email',
          userAgent: `Email from ${from}`.slice(0, 200).toWellFormed(),
          mail: { subject, text: `${text}\n${html || ''}` },
          output: output?.text ?? null,
          head: output?.head ?? null,
          outputBytes: output?.bytes ?? 0,
        })
        if (known) allowance.learn(jobId, perSecond)
        metrics.pings.inc({ kind: 'mail', outcome: known ? 'kept' : 'unknown' })
      }),
    )
  }

  const wrong = new WeakMap<SMTPServerSession, number>()
  const server = new SMTPServer({
    banner: 'Watchfloor takes pings',
    authOptional: true,
    disabledCommands: tls ? ['AUTH'] : ['AUTH', 'STARTTLS'],
    ...tls,
    size: MOST_BYTES,
    maxClients: MOST_CLIENTS,
    socketTimeout: IDLE_MS,
    onRcptTo(address, session, callback) {
      if ((wrong.get(session) ?? 0) >= MOST_WRONG) return callback(answer(421, '4.7.0 Too many unknown recipients.'))
      if (store.waiting() > MOST_WAITING) return callback(answer(451, '4.3.2 Too much is coming in; try again later.'))
      if (session.envelope.rcptTo.length >= MOST_RECIPIENTS) return callback(answer(452, '4.5.3 Too many recipients.'))
      mayPing(address).then(
        (refused) => {
          if (refused?.responseCode === 550) wrong.set(session, (wrong.get(session) ?? 0) + 1)
          callback(refused)
        },
        () => callback(answer(451, '4.3.0 The database is away; try again later.')),
      )
    },
    onData(stream, session, callback) {
      take(stream, session).then(
        () => callback(null, 'OK'),
        (error: Error & { responseCode?: number }) => {
          if (!error.responseCode) log.warn({ err: error.message }, 'a ping by mail could not be taken')
          callback(error.responseCode ? error : answer(451, '4.3.0 It could not be kept; try again later.'))
        },
      )
    },
  })
  server.on('error', (error) => log.warn({ err: error.message }, 'the port for pings by mail'))
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject)
    server.listen(port, config.HOST, resolve)
  })
  const leaveTls = tls && renewTls(platform, (files) => server.updateSecureContext(files))
  log.info({ port, tls: tls !== null }, 'takes pings by mail')
  return {
    idle: () => store.idle(),
    stop: () => {
      leaveTls?.()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
