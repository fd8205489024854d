import type { Instant } from '../../platform/clock.ts'
import type { Context } from '../../platform/context.ts'
import type { DayClass } from './day-class.ts'
import { jobUnusual, jobUsual } from './events.ts'
import { plainFlip } from './job-state.ts'
import { spanWords } from './job-words.ts'
import { DURATION } from './norms.ts'
import type { Norm } from './statistics.ts'
import { aboutJob, heldRunOf, openAlertsOf, tellAlerts, tellRow } from './tell.ts'

type Found = { measure: string; value: number; norm: Norm }

const dayWords: Record<DayClass, string> = {
  weekday: 'on a weekday',
  monday: 'on a Monday',
  'after-holiday': 'on the day after a holiday',
  'month-end': 'at the end of a month',
  'quarter-end': 'at the end of a quarter',
  'day-off': 'on a day off',
  any: 'on any day',
}

const amount = (value: number): string => value.toLocaleString('en', { maximumFractionDigits: value < 100 ? 1 : 0 })

/** "took 2 h 10 min; on a Monday 38 min to 52 min are usual" */
const unusualWords = ({ measure, value, norm }: Found): string => {
  const say = measure === DURATION ? spanWords : amount
  const did = measure === DURATION ? `took ${say(value)}` : `reported ${say(value)} ${measure}`
  return `${did}; ${dayWords[norm.dayClass]} ${say(norm.low)} to ${say(norm.high)} are usual (${norm.n} runs)`
}

/** Tells alerts that a run was unusual, or that the one after it was as usual again. */
export const tellUnusual = async (
  ctx: Context,
  jobId: string,
  { run, at, found }: { run: string; at: Instant; found: Found[] },
): Promise<void> => {
  const on = found.length > 0
  const isTold = (await openAlertsOf(ctx.db, jobId)).some((a) => a.kind === 'unusual')
  const job = on || isTold ? await tellRow(ctx, jobId) : null
  if (!job) return
  const words = on ? `${job.name} ${found.map(unusualWords).join(', and ')}` : `${job.name} ran as usual again`
  const flip = { ...plainFlip({ kind: 'unusual', on, at: at.epochMilliseconds, run }, 0), words }
  const tickets = on && (await heldRunOf(ctx.db, jobId, run)) ? [] : await tellAlerts(ctx, job, flip, null)
  if (tickets === null) return
  ctx.record(on ? jobUnusual : jobUsual, {
    ...aboutJob(job, tickets),
    team: job.teamId,
    data: { name: job.name, flip: 0, run, summary: words },
  })
}
