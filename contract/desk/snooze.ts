import { z } from 'zod'
import { instantIn } from '../base.ts'
import { ticketRef } from './words.ts'

/** Snooze: out of my own lists until a time, or until something happens on the ticket. Nothing stands still. */
export const snoozeInput = z.object({ id: ticketRef, until: instantIn })
