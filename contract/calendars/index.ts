import { z } from 'zod'
import { id, instant, instantIn, line, pageOf, pageQuery, route, slug, text, zone } from '../base.ts'
import { byCalendar, decideFeedInput, followFeedInput, holidayFeed } from './feed.ts'
import { addHolidaysInput, holidayProposals, proposeHolidaysInput } from './holidays.ts'

export * from './feed.ts'
export * from './holidays.ts'

export const calendarKind = z.enum(
  ['support', 'market', 'settlement'],
  'must be support (SLA clocks), market (venue sessions) or settlement (banking days)',
)

// Times and dates are only bounded here: what is wrong with them, calendars/validate-calendar.ts says in sentences.
const hours = z.object({
  from: z.string().max(20).meta({ description: 'HH:MM' }),
  to: z.string().max(20).meta({ description: 'HH:MM; 24:00 is the end of the day' }),
})
const weeklyHours = hours.extend({ day: z.number().meta({ description: '1 Monday to 7 Sunday' }) })
const exception = z.object({
  date: z.string().max(20).meta({ description: 'YYYY-MM-DD' }),
  open: z.array(hours).max(24).meta({ description: 'Replaces the weekly hours; empty is a holiday' }),
  name: text(200),
})

const rules = {
  kind: calendarKind,
  zone,
  weekly: z.array(weeklyHours).max(200),
  exceptions: z.array(exception).max(5_000),
  validThrough: z
    .string()
    .max(20)
    .nullable()
    .meta({ description: 'The last date (YYYY-MM-DD) for which the exceptions are known; null: no such end' }),
  provenance: text(500).meta({ description: 'Where the exceptions come from' }),
}

export const calendarSummary = z.object({
  id,
  slug: z.string(),
  name: z.string(),
  kind: calendarKind,
  zone: z.string(),
  validThrough: z.string().nullable(),
  openNow: z.boolean(),
  version: z.number(),
})

/** An instant that was looked for; without one, `note` says why, and with an unknown one, what is not known. */
const found = z.object({
  at: instant.nullable(),
  known: z.boolean().meta({ description: 'False beyond `validThrough`: holidays that nobody entered may move it' }),
  note: z.string().nullable(),
})

export const calendar = z.object({
  ...rules,
  id,
  slug: z.string(),
  name: z.string(),
  zone: z.string(),
  version: z.number(),
  preview: z.object({
    openNow: z.boolean(),
    nextOpen: found,
    nextClose: found,
    week: z.array(
      z.object({ date: z.string(), name: z.string().nullable(), open: z.array(hours), known: z.boolean() }),
    ),
    openMinutes: z.number().meta({ description: 'Open minutes in this week' }),
  }),
})

export const createCalendarInput = z.object({
  ...rules,
  slug,
  name: line(100),
  kind: calendarKind.default('support'),
  exceptions: rules.exceptions.default([]),
  validThrough: rules.validThrough.default(null),
  provenance: rules.provenance.default(''),
})

export const changeCalendarInput = z
  .object({ ...rules, name: line(100) })
  .omit({ kind: true })
  .partial()
  .extend({ id })

export const listCalendarsInput = pageQuery.extend({ kind: calendarKind.optional(), search: line(100).optional() })
export const readCalendarInput = z.object({ id })
export const calendarTimeInput = z.object({
  id,
  from: instantIn.optional().meta({ description: 'Now, when left away' }),
  minutes: z.coerce
    .number()
    .int('must be whole minutes')
    .min(0, 'must be 0 or more')
    .max(1_000_000, 'must be at most 1000000'),
})

export const calendarTime = z.object({
  from: instant,
  minutes: z.number(),
  at: instant.nullable().meta({ description: 'When so many open minutes have passed; null when that never comes' }),
  local: z.string().nullable().meta({ description: 'The same by the clock of the calendar' }),
  known: z.boolean(),
  note: z.string().nullable(),
})

const tags = ['calendars']
export const calendars = {
  list: route
    .route({ method: 'GET', path: '/calendars', summary: 'Calendars, by name', tags })
    .input(listCalendarsInput)
    .output(pageOf(calendarSummary)),
  read: route
    .route({ method: 'GET', path: '/calendars/{id}', summary: 'A calendar, and what it means this week', tags })
    .input(readCalendarInput)
    .output(calendar),
  time: route
    .route({ method: 'GET', path: '/calendars/{id}/time', summary: 'When so many open minutes will have passed', tags })
    .input(calendarTimeInput)
    .output(calendarTime),
  create: route
    .route({ method: 'POST', path: '/calendars', summary: 'Add a calendar', tags, successStatus: 201 })
    .input(createCalendarInput)
    .output(calendar),
  change: route
    .route({ method: 'PATCH', path: '/calendars/{id}', summary: 'Change a calendar', tags })
    .input(changeCalendarInput)
    .output(calendar),
  proposeHolidays: route
    .route({
      method: 'POST',
      path: '/calendars/{id}/holiday-proposals',
      summary: 'Read the holidays of an iCalendar or CSV file, beside what the calendar has; adds nothing',
      tags,
    })
    .input(proposeHolidaysInput)
    .output(holidayProposals),
  addHolidays: route
    .route({
      method: 'POST',
      path: '/calendars/{id}/holidays',
      summary: 'Add days on which it is closed, in one step; days that it has stay as they are',
      tags,
    })
    .input(addHolidaysInput)
    .output(calendar),
  readFeed: route
    .route({
      method: 'GET',
      path: '/calendars/{id}/holiday-feed',
      summary: 'The address from which its holidays are read, and what that proposes',
      tags,
    })
    .input(byCalendar)
    .output(holidayFeed),
  followFeed: route
    .route({
      method: 'PUT',
      path: '/calendars/{id}/holiday-feed',
      summary: 'Have its holidays read from an address, at once and then each day',
      tags,
    })
    .input(followFeedInput)
    .output(holidayFeed),
  leaveFeed: route
    .route({ method: 'DELETE', path: '/calendars/{id}/holiday-feed', summary: 'Read that address no more', tags })
    .input(byCalendar)
    .output(z.object({ ok: z.literal(true) })),
  decideFeed: route
    .route({
      method: 'POST',
      path: '/calendars/{id}/holiday-feed/decisions',
      summary: 'Decide about the days of its feed: add some, take out some, leave the others',
      tags,
    })
    .input(decideFeedInput)
    .output(holidayFeed),
}
