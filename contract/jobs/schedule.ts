import { z } from 'zod'
import { id, text, zone } from '../base.ts'
import { arrivalSchedule, businessSchedule } from './business-days.ts'

const seconds = (min: number, max: number, words: string) =>
  z.int('must be whole seconds').min(min, `must be at least ${min} seconds`).max(max, words)

const year = 366 * 86_400

const expression = text(1_000)
  .trim()
  .min(1, 'must not be empty')
  .refine((t) => t.split('\n').filter((l) => l.trim()).length <= 20, 'must have at most 20 lines')

/** When a job is expected. `job`: how another job is named, by its id or, in files, by its slug. */
export const jobScheduleWith = (job: z.ZodType<string>) =>
  z.discriminatedUnion(
    'kind',
    [
      z.object({
        kind: z.literal('period'),
        seconds: seconds(10, year, 'must be at most a year').meta({
          description: 'It is heard of at least so often, counted from the last time',
        }),
      }),
      z.object({
        kind: z.literal('cron'),
        expression: expression.meta({ description: 'Lines of a crontab without the command: "0 22 * * 1-5"' }),
        zone,
      }),
      z.object({
        kind: z.literal('oncalendar'),
        expression: expression.meta({ description: 'As in a systemd timer, one a line: "Mon..Fri 22:00"' }),
        zone,
      }),
      businessSchedule,
      arrivalSchedule,
      z.object({
        kind: z.literal('after'),
        job: job.meta({ description: 'The job that it follows' }),
        when: z
          .enum(['success', 'end'], 'must be success or end')
          .default('success')
          .meta({ description: 'success: once that has ended well; end: once it has ended, however' }),
        seconds: seconds(1, 7 * 86_400, 'must be at most a week').meta({
          description: 'Within so many seconds after that it is expected to begin',
        }),
      }),
      z.object({
        kind: z.literal('waits').meta({
          description:
            'At no time of its own: it begins when what it waits for is done. Its times are those of the zone',
        }),
        zone,
      }),
    ],
    'must be a schedule of the kind period, cron, oncalendar, business, arrival, after or waits',
  )

export const jobSchedule = jobScheduleWith(id)
export type JobSchedule = z.output<typeof jobSchedule>

/** Schedules whose times stand on days of calendars. */
export type ByDays = Extract<JobSchedule, { calendars: string[] }>
export const isByDays = (s: JobSchedule): s is ByDays => s.kind === 'business' || s.kind === 'arrival'

export const graceSeconds = seconds(0, year, 'must be at most a year').meta({
  description: 'How late it may be before somebody is told',
})
export const minRunSeconds = seconds(1, year, 'must be at most a year')
  .nullable()
  .meta({ description: 'A run that ends well sooner counts as failed; null for no limit. By own rules' })
export const minGapSeconds = seconds(1, year, 'must be at most a year').nullable().meta({
  description: 'A run that begins sooner after the one before is one too many; null for no limit. By own rules',
})
export const failuresInARow = z
  .int('must be a whole number')
  .min(1, 'must be at least 1')
  .max(100, 'must be at most 100')
  .meta({ description: 'So many runs must fail one after the other before somebody is told. By own rules' })
export const maxRunSeconds = seconds(1, year, 'must be at most a year')
  .nullable()
  .meta({ description: 'How long a run may take before somebody is told; null for no limit' })
