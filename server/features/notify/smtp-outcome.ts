import type { SendOutcome } from './define-channel.ts'

/** What nodemailer tells of a failed send, as far as it is read here. */
export type SmtpFailure = {
  code?: string | undefined
  originalCode?: string | undefined
  command?: string | undefined
  responseCode?: number | undefined
  response?: string | undefined
  message: string
}

type Failed = Exclude<SendOutcome, { kind: 'sent' }>

const ours = (reason: string): Failed => ({ kind: 'retry', reason, ours: true })

const CONNECTION: Record<string, string> = {
  ECONNREFUSED: 'it does not answer at that port',
  ECONNRESET: 'it ended the connection',
  ECONNECTION: 'it ended the connection',
  EHOSTUNREACH: 'there is no way to it',
  ENETUNREACH: 'there is no way to it',
  ENOTFOUND: 'its name is not known',
  EAI_AGAIN: 'its name cannot be looked up at the moment',
  ETIMEDOUT: 'it took too long to answer',
}

const connectionReason = (failure: SmtpFailure): string => {
  const known = CONNECTION[failure.originalCode ?? ''] ?? CONNECTION[failure.code ?? '']
  return `The mail server could not be reached: ${known ?? failure.message}.`
}

/** The enhanced status code of RFC 3463 ("5.7.1"), when the reply has one. */
const enhancedCode = (response: string): string | undefined =>
  /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1]

/**
 * True when a 5xx reply is about us rather than about the recipient: sign-in missing (530, 534, 535, 538), or policy
 * (5.7.x: relaying denied, our sender or address not trusted). Marking the recipient's address as bad for that would
 * take away everybody's mail at once.
 */
const isAboutUs = (code: number, response: string): boolean =>
  [530, 534, 535, 538].includes(code) ||
  enhancedCode(response)?.startsWith('5.7.') === true ||
  /relay(ing)? (access )?(denied|not permitted)|not permitted to relay|authentication required/i.test(response)

/**
 * What a failed send means. A 5xx of the recipient or of the text is final. Trouble with the connection and every 4xx
 * pass. What hits everybody (the server away, a 5xx of sign-in, sender or policy) is tried again and told loudly: an
 * administrator mends it, and the mail should go out once it is.
 */
export const smtpOutcome = (failure: SmtpFailure): Failed => {
  const response = failure.response?.trim() ?? ''
  const code = failure.responseCode ?? 0
  if (failure.code === 'ENOAUTH' || failure.code === 'EAUTH' || failure.code === 'EOAUTH2') {
    const said = response || failure.message
    // A server that is merely busy while signing us in says so by 4xx.
    if (code >= 400 && code < 500) return { kind: 'retry', reason: `The mail server is busy: ${said}` }
    return ours(
      `The mail server does not let Watchfloor sign in; check the user and password in SMTP_URL. It said: ${said}`,
    )
  }
  if (failure.code === 'ETLS' || failure.code === 'EREQUIRETLS') {
    return ours(`The mail server and Watchfloor could not agree on encryption; check SMTP_URL. ${failure.message}`)
  }
  if (failure.code === 'ECONFIG') return ours(`The mail settings cannot be used; check SMTP_URL. ${failure.message}`)
  if (code >= 400 && code < 500) return { kind: 'retry', reason: `The mail server cannot take it now: ${response}` }
  // 503 says that the session was out of step, not that the mail is unwanted.
  if (code >= 500 && code !== 503) {
    if (failure.command === 'MAIL FROM') {
      return ours(`The mail server refuses our sender address; check MAIL_FROM. It said: ${response}`)
    }
    if (isAboutUs(code, response)) {
      return ours(`The mail server does not accept mail from this installation. It said: ${response}`)
    }
    return failure.command === 'RCPT TO'
      ? { kind: 'refused', reason: `The mail server refuses this address: ${response}` }
      : { kind: 'refused', reason: `The mail server refuses this message: ${response}` }
  }
  if (failure.code === 'EMESSAGE' && code === 0) {
    return { kind: 'refused', reason: `The mail server does not take this message: ${failure.message}.` }
  }
  if (failure.code === 'EENVELOPE' && code === 0) {
    return { kind: 'refused', reason: `No mail can be sent to this address: ${failure.message}.` }
  }
  if (code === 503) return { kind: 'retry', reason: `The mail server lost track of the session: ${response}` }
  return ours(connectionReason(failure))
}
