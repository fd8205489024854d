import { z } from 'zod'
import { id, instant, instantIn, line, named, text } from '../base.ts'
import { ticketRef } from './words.ts'

/** Functional escalation: to another team, with a packet that it accepts or sends back with a reason. */

const part = (problem: string) => text(10_000).refine((t) => t.trim().length > 0, problem)

/** All that the receiver needs to begin: without one of them he would have to ask first. */
export const packetIn = z.object({
  seen: part('must say what is seen'),
  since: instantIn.meta({ description: 'Since when it is seen' }),
  hurt: part('must say who is hurt; if nobody is, say so'),
  tried: part('must say what was tried; if nothing was, say so'),
  evidence: part('must name evidence: a log line, a link, a picture; if there is none, say why'),
})

export const packetParts = ['seen', 'since', 'hurt', 'tried', 'evidence'] as const

export const packet = packetIn.extend({ since: instant })
export type Packet = z.output<typeof packet>

export const escalateInput = packetIn.extend({
  id: ticketRef,
  teamId: id.meta({ description: 'The team that is to go on with it' }),
  page: z
    .boolean()
    .optional()
    .meta({ description: 'Page their people on call; without it, when it is P1 or P2 in production' }),
})

export const acceptInput = z.object({
  id: ticketRef,
  assigneeId: id.optional().meta({ description: 'The member of the team who takes it; without it: whoever accepts' }),
})

export const sendBackInput = z.object({ id: ticketRef, reason: line(1_000) })

export const escalationStates = ['pending', 'accepted', 'returned', 'withdrawn', 'lapsed'] as const

export const escalationView = z.object({
  id,
  round: z.number().int().meta({ description: 'The first, second … of this ticket' }),
  state: z.enum(escalationStates).meta({
    description: 'lapsed: the ticket was over before anybody accepted; withdrawn: its sender took it back',
  }),
  from: z.object({ team: named.nullable(), userId: id.nullable(), name: z.string() }),
  to: named,
  packet,
  sentAt: instant,
  paged: z.string().nullable().meta({ description: 'Who was paged, or why nobody was' }),
  decided: z.object({ at: instant, name: z.string() }).nullable(),
  reason: z.string().nullable().meta({ description: 'Why it was sent back' }),
})
export type EscalationView = z.output<typeof escalationView>

export const escalationsOfTicket = z.object({
  items: z.array(escalationView).meta({ description: 'The newest first' }),
  sentBack: z.number().int().meta({ description: 'How often it was sent back' }),
  accountable: named.nullable().meta({ description: 'The team that answers for the ticket now' }),
})

/** What a packet would begin with, from what the ticket knows. */
export const packetDraft = z.object({
  seen: z.string(),
  since: instant,
  hurt: z.string(),
  tried: z.string(),
  evidence: z.string(),
  teamId: id.nullable().meta({ description: 'The team it was last sent to, when it was sent back' }),
  reason: z.string().nullable().meta({ description: 'Why the last packet was sent back' }),
  pages: z.boolean().meta({ description: 'Whether the people on call are paged unless told otherwise' }),
})
