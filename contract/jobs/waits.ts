import { z } from 'zod'
import { line, text, wallTime } from '../base.ts'

/**
 * What a job waits for beside its schedule, in one neutral form for all schedulers. Conditions are looked at when they
 * are asked: they latch on the last status of the job they name, as AutoSys has it, unless `within` bounds them.
 */

/**
 * A job by its id here, by what its scheduler calls it (then it is one of the same origin), or by its short name (then it
 * is one of the same team, or the only one of that name).
 */
export const jobRef = line(300)

/** Which run of the other job counts. */
export const within = z.union(
  [
    /** Its last one, however long ago. */
    z.literal('ever'),
    /** One since this job's own last start. */
    z.literal('own-last-run'),
    /** One of the same business date, or of the one before. */
    z.literal('same-date'),
    z.literal('previous-date'),
    /** One that ended at most so long ago. */
    z.object({ seconds: z.int('must be whole seconds').min(1, 'must be at least 1') }),
  ],
  'must be ever, own-last-run, same-date, previous-date or {seconds}',
)
export type Within = z.output<typeof within>

export const jobOutcome = z.enum(
  ['succeeded', 'failed', 'done', 'terminated', 'not-running'],
  'must be succeeded, failed, done, terminated or not-running',
)
export const comparison = z.enum(['=', '!=', '<', '<=', '>', '>='], 'must be =, !=, <, <=, > or >=')

export type Condition =
  | { kind: 'all' | 'any'; of: Condition[] }
  | { kind: 'job'; job: string; is: z.output<typeof jobOutcome>; within: Within }
  | { kind: 'exit'; job: string; compare: z.output<typeof comparison>; code: number; within: Within }
  /** A variable of its scheduler, or an event that no known job adds. */
  | { kind: 'global'; name: string; compare: z.output<typeof comparison>; value: string }
  | { kind: 'file'; path: string }

const MOST_OPERANDS = 2_000
/** Deeper than any scheduler writes it, and no deeper than a program can follow it. */
const MOST_DEPTH = 50

const anyCondition: z.ZodType<Condition> = z.discriminatedUnion(
  'kind',
  [
    z.object({
      kind: z.enum(['all', 'any']),
      get of() {
        return z.array(anyCondition).min(1, 'must name at least one').max(MOST_OPERANDS)
      },
    }),
    z.object({ kind: z.literal('job'), job: jobRef, is: jobOutcome, within }),
    z.object({ kind: z.literal('exit'), job: jobRef, compare: comparison, code: z.int(), within }),
    z.object({ kind: z.literal('global'), name: line(300), compare: comparison, value: text(300) }),
    z.object({ kind: z.literal('file'), path: line(1_000) }),
  ],
  'must be a condition of the kind all, any, job, exit, global or file',
) as unknown as z.ZodType<Condition>

const isTooDeep = (given: unknown): boolean => {
  let level: unknown[] = [given]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MOST_DEPTH) return true
    level = level.flatMap((c) => {
      const of = typeof c === 'object' && c !== null && 'of' in c ? c.of : null
      return Array.isArray(of) ? of : []
    })
  }
  return false
}

export const condition: z.ZodType<Condition> = z
  .unknown()
  .refine((given) => !isTooDeep(given), { error: `must be nested at most ${MOST_DEPTH} deep`, abort: true })
  .pipe(anyCondition) as unknown as z.ZodType<Condition>

const seconds = z
  .int('must be whole seconds')
  .min(1, 'must be at least 1')
  .max(400 * 86_400)

/** Whether its scheduler starts it. */
export const jobHold = z.enum(['none', 'held', 'iced', 'bypassed'], 'must be none, held, iced or bypassed')
export type JobHold = z.output<typeof jobHold>

/** A job's place in the graph. What a scheduler does not say is null, false or empty. */
export const jobWaits = z.object({
  isBox: z
    .boolean()
    .default(false)
    .meta({ description: 'It runs nothing of its own: it begins with its first member and ends with its last' }),
  box: jobRef
    .nullable()
    .default(null)
    .meta({ description: 'The box whose member it is: it starts only while that runs' }),
  condition: condition.nullable().default(null),
  conditionText: text(20_000).nullable().default(null).meta({ description: 'As its scheduler writes it' }),
  /** It starts only between these times, in the zone of its schedule; may cross midnight. */
  window: z.object({ from: wallTime, to: wallTime }).nullable().default(null),
  hold: jobHold.default('none').meta({
    description:
      'held: it does not start; iced: it counts as done for those who wait for it; bypassed: it ends at once as succeeded',
  }),
  resources: z
    .array(z.object({ name: line(200), units: z.int().min(1).max(1_000_000) }))
    .max(50)
    .default([]),
  retries: z.int().min(0).max(100).default(0),
  killAfterSeconds: seconds.nullable().default(null),
  typicalSeconds: seconds.nullable().default(null).meta({
    description: 'What its scheduler says a run usually takes: used until there are runs of our own',
  }),
})
export type JobWaits = z.output<typeof jobWaits>

/** Of what waits for nothing. */
export const noWaits: JobWaits = jobWaits.parse({})

/** By when a scheduler says a job must be done. `days`: after the business date. `in`: after its start. */
export const importedDeadline = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('by'), name: line(200), time: wallTime, days: z.int().min(0).max(14) }),
  z.object({ kind: z.literal('in'), name: line(200), seconds }),
])
export type ImportedDeadline = z.output<typeof importedDeadline>
