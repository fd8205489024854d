import { z } from 'zod'
import { defineChannel, type SendOutcome } from '../define-channel.ts'
import { mailHeaders, mailSubject } from '../mail-headers.ts'
import { renderHtml } from '../render-html.ts'
import { renderText } from '../render-text.ts'
import { type SmtpFailure, smtpOutcome } from '../smtp-outcome.ts'
import { closeSmtpTransports, smtpTransport, traceSend } from '../smtp-transport.ts'

const isSmtpUrl = (url: string): boolean => ['smtp:', 'smtps:'].includes(URL.parse(url)?.protocol ?? '')

const UNCONFIRMED = 'The mail server had the whole mail but did not confirm it, so it may have arrived.'

const hostOf = (smtpUrl: string): string => new URL(smtpUrl).host

export const mail = defineChannel({
  kind: 'mail',
  title: 'Mail',
  help: 'Sends a mail through the SMTP server of this installation (SMTP_URL, MAIL_FROM).',
  config: z.object({
    address: z
      .email('must be a mail address such as ana@example.com')
      .max(254, 'must have at most 254 characters')
      .meta({ title: 'Address' }),
  }),
  settings: z.object({
    smtpUrl: z
      .string('no mail server is set; set SMTP_URL to an address such as smtp://user:password@host:587')
      .refine(isSmtpUrl, 'must be an address such as smtp://user:password@host:587')
      .meta({ secret: true }),
    from: z
      .string('no sender is set; set MAIL_FROM')
      .min(3, 'must be an address such as Watchfloor <watchfloor@example.com>'),
    /** For the whole of one send, however slowly the server answers. Real time. */
    deadlineMs: z.number().int().positive().default(15_000),
  }),
  example: { address: 'ana.ruiz@example.com' },
  limits: { perMinute: 10, per15Minutes: 30, perHour: 60 },
  needsVerification: true,
  forDesk: false,
  describe: (config) => config.address,

  async send(config, message, { now, signal: stop, settings }): Promise<SendOutcome> {
    const signal = AbortSignal.any([stop, AbortSignal.timeout(settings.deadlineMs)])
    const mayHaveArrived = traceSend(signal)
    try {
      const info = await smtpTransport(settings.smtpUrl).sendMail({
        ...mailHeaders(message, settings.from),
        signal,
        from: settings.from,
        to: { name: '', address: config.address },
        subject: mailSubject(message),
        date: new Date(now.epochMilliseconds),
        xMailer: 'Watchfloor',
        text: renderText(message),
        html: renderHtml(message),
      })
      const receipt = info.response ?? ''
      return { kind: 'sent', receipt, detail: `${hostOf(settings.smtpUrl)} took it for ${config.address}.` }
    } catch (error) {
      const failure = error as SmtpFailure
      const late = `The mail server was too slow: the mail was not taken within ${settings.deadlineMs / 1000} s.`
      const outcome: SendOutcome =
        failure.code === 'EABORT'
          ? stop.aborted
            ? { kind: 'retry', reason: 'The attempt was stopped before it was done.' }
            : { kind: 'retry', reason: late, ours: true }
          : smtpOutcome(failure)
      // A reply, even a bad one, settles it; only silence after the last byte leaves it open.
      if (outcome.kind === 'refused' || failure.responseCode || !mayHaveArrived()) return outcome
      return {
        ...outcome,
        reason: failure.code === 'EABORT' ? `${outcome.reason} ${UNCONFIRMED}` : UNCONFIRMED,
        maybeSent: true,
      }
    }
  },

  close: closeSmtpTransports,
})
