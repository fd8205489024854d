import { describe, expect, test } from 'vitest'
import { type SmtpFailure, smtpOutcome } from './smtp-outcome.ts'

const reply = (command: string, response: string, code = 'EENVELOPE'): SmtpFailure => ({
  code,
  command,
  response,
  responseCode: Number(response.slice(0, 3)),
  message: `failed: ${response}`,
})

describe('what a failed send means', () => {
  test.each<[string, SmtpFailure]>([
    ['an unknown mailbox', reply('RCPT TO', '550 5.1.1 No such user')],
    ['a closed mailbox, without an enhanced code', reply('RCPT TO', '550 Mailbox closed')],
    ['a full mailbox: the next method is faster than waiting', reply('RCPT TO', '552 5.2.2 Mailbox full')],
    ['a text that is not liked', reply('DATA', '554 5.6.0 Message rejected', 'EMESSAGE')],
    ['an address that is none', { code: 'EENVELOPE', message: 'No recipients defined' }],
  ])('%s is refused', (_, failure) => {
    const outcome = smtpOutcome(failure)
    expect(outcome.kind).toBe('refused')
    expect(outcome.reason).toContain(failure.response ?? failure.message)
  })

  test.each<[string, SmtpFailure]>([
    ['a full disk there', reply('MAIL FROM', '452 4.3.1 Insufficient storage')],
    ['greylisting', reply('RCPT TO', '451 4.7.1 Greylisted')],
    ['shutting down', reply('DATA', '421 4.3.2 Bye', 'EMESSAGE')],
    ['a session out of step', reply('DATA', '503 5.5.1 Bad sequence')],
    ['signing in while it is busy', reply('AUTH PLAIN', '454 4.7.0 Temporary failure', 'EAUTH')],
  ])('%s is tried again, quietly', (_, failure) => {
    const outcome = smtpOutcome(failure)
    expect(outcome.kind).toBe('retry')
    expect(outcome).not.toHaveProperty('ours')
  })

  test.each<[string, SmtpFailure, RegExp]>([
    ['a wrong password', reply('AUTH PLAIN', '535 5.7.8 Bad credentials', 'EAUTH'), /SMTP_URL/],
    ['a sign-in that is asked for', reply('MAIL FROM', '530 5.7.0 Authentication required'), /MAIL_FROM/],
    ['a sender that is not ours', reply('MAIL FROM', '553 5.1.8 Sender not owned'), /MAIL_FROM/],
    ['a relay that is closed', reply('RCPT TO', '554 5.7.1 Relay access denied'), /this installation/],
    ['a closed relay without an enhanced code', reply('RCPT TO', '550 relaying denied'), /this installation/],
    [
      'a sender that is not trusted',
      reply('DATA', '550 5.7.26 Unauthenticated sender', 'EMESSAGE'),
      /this installation/,
    ],
    ['no common encryption', { code: 'ETLS', message: 'self-signed certificate' }, /SMTP_URL/],
    [
      'a name that is not known',
      { code: 'EDNS', originalCode: 'ENOTFOUND', message: 'getaddrinfo ENOTFOUND' },
      /name is not known/,
    ],
    ['nobody listening', { code: 'ESOCKET', originalCode: 'ECONNREFUSED', message: 'connect' }, /does not answer/],
    ['a time-out', { code: 'ETIMEDOUT', message: 'Greeting never received' }, /too long/],
    ['a cut connection', { code: 'ECONNECTION', message: 'Connection closed unexpectedly' }, /ended the connection/],
    ['something never seen', { message: 'odd' }, /odd/],
  ])('%s is the installation’s trouble: tried again, and told', (_, failure, reason) => {
    const outcome = smtpOutcome(failure)
    expect(outcome).toMatchObject({ kind: 'retry', ours: true })
    expect(outcome.reason).toMatch(reason)
  })
})
