/**
 * Mailbox: the conversation of a ticket by mail. So far it sends: a receipt to whoever asked, public replies, how it was
 * resolved, and to colleagues that they were given a ticket or that their escalation was accepted. Promises that an internal word never leaves by it, that nobody is written to about what he did himself (but
 * for the receipt), that all mails of a ticket form one thread by signed Message-IDs, and that what no person wrote says
 * so to mail programs. Owns the table ticket_mails.
 */
import type { FeatureParts } from '../../platform/registry-of-work.ts'
import {
  ticketAssigned,
  ticketCancelled,
  ticketEscalationAccepted,
  ticketEscalationRestored,
  ticketOpened,
  ticketReopened,
  ticketReplied,
  ticketResolved,
} from '../desk/index.ts'
import { acceptanceTakenBack, mailAccepted } from './mail-accepted.ts'
import { mailAssigned } from './mail-assigned.ts'
import { mailCancelled } from './mail-cancelled.ts'
import { mailOpened } from './mail-opened.ts'
import { mailReplied } from './mail-replied.ts'
import { mailReopened, mailResolved } from './mail-resolved.ts'

export const mailbox: FeatureParts = {
  name: 'mailbox',
  reactions: [
    { event: ticketOpened, verb: mailOpened },
    { event: ticketReplied, verb: mailReplied },
    { event: ticketResolved, verb: mailResolved },
    { event: ticketReopened, verb: mailReopened },
    { event: ticketCancelled, verb: mailCancelled },
    { event: ticketAssigned, verb: mailAssigned },
    { event: ticketEscalationAccepted, verb: mailAccepted },
    { event: ticketEscalationRestored, verb: acceptanceTakenBack },
  ],
}
