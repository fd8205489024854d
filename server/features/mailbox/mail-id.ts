import type { Crypto } from '../../platform/crypto.ts'

/**
 * Message-IDs of tickets, without their domain: which ticket, which words, and a signature, by which an answer will be
 * known for one to a mail that we sent. A stranger who knows a ticket's number cannot make one. (FreeScout learnt that
 * by GHSA-6r38-6mcf-2ww3.)
 */
export const mailId = (crypto: Crypto, ticketId: string, of: string): string =>
  `t.${ticketId}.${of}.${crypto.sign('mail-id', `${ticketId} ${of}`).slice(0, 22)}`

/** The root that all mails of a ticket refer to. No mail has it; mail programs put under it what names it. */
export const threadRoot = (crypto: Crypto, ticketId: string): string => mailId(crypto, ticketId, 'root')
