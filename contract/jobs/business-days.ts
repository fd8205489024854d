import { z } from 'zod'
import { line, slug, wallTime, zone } from '../base.ts'

/** What becomes of a day on which the calendars are closed. */
export const ifClosedWays = ['before', 'after', 'same-month', 'skip', 'anyway'] as const
export type IfClosed = (typeof ifClosedWays)[number]
const ifClosed = z.enum(ifClosedWays, 'must be before, after, same-month, skip or anyway').default('after').meta({
  description:
    'Where that is no business day: the business day before, the one after, the one after unless that is in another month and then the one before, left out, or on that day all the same',
})

const list = <T extends z.ZodType>(item: T, most: number) =>
  z.array(item).min(1, 'must name at least one').max(most, `must name at most ${most}`)
const monthDay = z
  .int('must be a whole number')
  .min(-31, 'must be 1 to 31, or -1 for the last day of the month to -31')
  .max(31, 'must be 1 to 31, or -1 for the last day of the month to -31')
  .refine((n) => n !== 0, 'must be 1 to 31, or -1 for the last day of the month to -31')

export const periods = ['week', 'month', 'quarter', 'year'] as const
export type Period = (typeof periods)[number]

const day = z.discriminatedUnion(
  'on',
  [
    z.object({ on: z.literal('each') }),
    z.object({
      on: z.literal('nth'),
      nth: z
        .int('must be a whole number')
        .min(-66, 'must be at least -66')
        .max(66, 'must be at most 66')
        .refine((n) => n !== 0, 'must be 1 for the first, 3 for the third, -1 for the last')
        .meta({ description: 'The third business day of it is 3, the last -1, the one before the last -2' }),
      of: z.enum(periods, 'must be week, month, quarter or year'),
    }),
    z.object({
      on: z.literal('monthday'),
      days: list(monthDay, 31).meta({
        description: 'Days of the month; -1 is its last. One that it has not is left out',
      }),
      months: z.array(z.int().min(1, 'must be 1 to 12').max(12, 'must be 1 to 12')).max(12).default([]).meta({
        description: 'Of these months alone; empty: of each',
      }),
      ifClosed,
    }),
    z.object({
      on: z.literal('weekday'),
      days: list(z.int().min(1, 'must be 1 to 7').max(7, 'must be 1 to 7'), 7).meta({
        description: '1 Monday to 7 Sunday',
      }),
      ifClosed,
    }),
    z.object({
      on: z.literal('dates'),
      dates: list(z.iso.date('must be a date such as 2026-12-24'), 400),
      ifClosed,
    }),
    z.object({ on: z.literal('holiday') }).meta({
      description: 'Each day on which a holiday closes the calendars; mostly with `offsetDays` before or after it',
    }),
  ],
  'must be on each, nth, monthday, weekday, dates or holiday',
)

/** Which days, by which calendars, and at what times. */
export const dayRule = z.object({
  calendars: z.array(slug).max(10, 'must name at most 10').default([]).meta({
    description: 'Slugs of calendars. A day on which one has any open hours is a business day of it',
  }),
  open: z
    .enum(['all', 'any'], 'must be all or any')
    .default('all')
    .meta({ description: 'all: a business day is one on which each of them is open; any: on which one of them is' }),
  day,
  offsetDays: z
    .int('must be a whole number')
    .min(-60, 'must be at least -60')
    .max(60, 'must be at most 60')
    .default(0)
    .meta({ description: 'So many business days later; negative: earlier' }),
  times: list(wallTime, 48).meta({ description: 'Times of day' }),
  zone,
})
export type DayRule = z.output<typeof dayRule>

/** Whether its days are the same whatever is open. */
export const needsNoCalendar = ({ day: d, offsetDays }: Pick<DayRule, 'day' | 'offsetDays'>): boolean =>
  'ifClosed' in d && d.ifClosed === 'anyway' && offsetDays === 0

type Days = Pick<DayRule, 'calendars' | 'day' | 'offsetDays'>
const namesCalendars = (s: Days): boolean => s.calendars.length > 0 || needsNoCalendar(s)
const unnamed = { path: ['calendars'], error: 'must name at least one; only days that are kept anyway need none' }

/** By business days: those on which calendars are open. */
export const businessSchedule = z
  .object({ kind: z.literal('business'), ...dayRule.shape })
  .refine(namesCalendars, unnamed)
export type BusinessSchedule = z.output<typeof businessSchedule>

/** It begins when a file arrives; by its times that must have come. */
export const arrivalSchedule = z
  .object({
    kind: z.literal('arrival'),
    file: line(1_000).trim().min(1, 'must not be empty').meta({
      description: 'The file with whose arrival it begins: a path, in which * stands for letters of its name',
    }),
    host: line(200).trim().nullable().default(null).meta({ description: 'Where it arrives' }),
    aheadSeconds: z
      .int('must be whole seconds')
      .min(60, 'must be at least 60 seconds')
      .max(7 * 86_400, 'must be at most a week')
      .default(12 * 3_600)
      .meta({ description: 'What comes so long before a time counts for it' }),
    ...dayRule.shape,
  })
  .refine(namesCalendars, unnamed)
