import { z } from 'zod'
import { id, instant, instantIn } from '../base.ts'
import { holidayProposals } from './holidays.ts'

/** An address from which the holidays of a calendar are read each day. What it says is proposed, not added. */

export const byCalendar = z.object({ id })

export const followFeedInput = z.object({
  id,
  url: z
    .url({ protocol: /^https$/, error: 'must be an address that begins with https://' })
    .max(2_000, 'must have at most 2,000 characters')
    .meta({ description: 'Of an iCalendar (.ics) or CSV file. It is kept sealed, and shown to nobody again' }),
})

const date = z.string().max(20).meta({ description: 'YYYY-MM-DD' })
const dates = z.array(date).max(2_000, 'must have at most 2000 days').default([])

export const decideFeedInput = z.object({
  id,
  add: dates.meta({ description: 'Days of the feed on which the calendar is to be closed' }),
  remove: dates.meta({ description: 'Days of `went` that the calendar is to have no more' }),
  readAt: instantIn.meta({ description: '`readAt` of what was looked at' }),
})

export const holidayFeed = z.object({
  feed: z
    .object({
      host: z.string(),
      readAt: instant.nullable().meta({ description: 'When it was read well last; null: not yet' }),
      failing: z
        .object({ since: instant, problem: z.string() })
        .nullable()
        .meta({ description: 'While it cannot be read: what was read before stays' }),
      proposals: holidayProposals.nullable().meta({ description: 'What it says, from today on' }),
      came: z.array(z.string()).meta({ description: 'Days that are new, and about which nobody has decided' }),
      went: z.array(z.object({ date: z.string(), name: z.string() })).meta({
        description: 'Days of the calendar that the feed had and has no more',
      }),
    })
    .nullable(),
})
