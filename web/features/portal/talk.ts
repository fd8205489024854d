import type { TimelineEvent } from '../../../contract/base.ts'
import type { AttachmentView } from '../../../contract/desk/attachments.ts'

/** The story of a ticket as whoever asked reads it. */
export type Talk =
  | { kind: 'said'; id: string; at: string; who: string; mine: boolean; text: string; files: readonly AttachmentView[] }
  | { kind: 'event'; id: string; at: string; text: string }

const field = (data: unknown, name: string): string => {
  const value = typeof data === 'object' && data !== null && name in data ? (data as Record<string, unknown>)[name] : ''
  return typeof value === 'string' ? value : ''
}

/** It was said in a reply why. */
const isTold = (data: unknown): boolean =>
  typeof data === 'object' && data !== null && 'told' in data && data.told === true

const filesOf = (data: unknown): readonly AttachmentView[] => {
  const files = typeof data === 'object' && data !== null && 'attachments' in data ? data.attachments : undefined
  return Array.isArray(files) ? (files as AttachmentView[]) : []
}

/** One event in their words; undefined for what tells them nothing that the one beside it does not tell. */
export const talkOf = (event: TimelineEvent, me: string, request = false): Talk | undefined => {
  const { id, at, type, actor, data } = event
  const mine = actor.id === me
  const who = mine ? 'You' : actor.name
  const said = (text: string): Talk => ({ kind: 'said', id, at, who, mine, text, files: filesOf(data) })
  const told = (text: string): Talk => ({ kind: 'event', id, at, text })
  switch (type) {
    case 'ticket.replied':
      return said(field(data, 'body'))
    case 'ticket.opened':
    case 'request.submitted':
    // Why stands in the reply that comes with it.
    case 'approval.refused':
      return undefined
    case 'ticket.pended':
      if (field(data, 'reason') === 'approval') return undefined
      return told(field(data, 'reason') === 'user' ? `${who} waits for your answer.` : event.text)
    case 'ticket.resumed':
      return ['reply', 'approval'].includes(field(data, 'by')) ? undefined : told('It is being worked on again.')
    case 'ticket.resolved':
      return told(
        `${who} ${request ? (mine ? 'have done it' : 'has done it') : 'resolved it'}: ${field(data, 'resolution')}`,
      )
    case 'ticket.reopened': {
      const reason = field(data, 'reason')
      if (field(data, 'by') === 'reply') return told('It is open again.')
      return told(
        `${who} said that ${request ? 'something is missing' : 'it is not solved'}${reason ? `: ${reason}` : '.'}`,
      )
    }
    case 'ticket.closed':
      return told(mine ? `You said that it is ${request ? 'done' : 'solved'}.` : event.text)
    case 'ticket.cancelled':
      if (isTold(data)) return undefined
      return told(`${who} ${mine ? 'withdrew' : 'cancelled'} it: ${field(data, 'reason')}`)
    default:
      return told(event.text)
  }
}
