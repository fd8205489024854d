import { z } from 'zod'
import { environment, id, instant, named } from '../base.ts'
import { nightState } from '../chains/words.ts'
import { actName, actState } from './words.ts'

/** What a person may let a scheduler do. Secrets are marks. */
export const action = z.object({
  id,
  name: z.string(),
  act: actName,
  kind: z.string(),
  config: z.record(z.string(), z.unknown()),
  words: z
    .string()
    .meta({ description: 'What it does, with its placeholders: the command line, or method and address' }),
  team: named.nullable(),
  scheduler: z.string().nullable(),
  tags: z.array(z.string()),
  environments: z.array(environment),
  createdAt: instant,
  updatedAt: instant,
  version: z.number(),
})
export type SchedulerAction = z.output<typeof action>

export const actionKinds = z.object({
  items: z.array(
    z.object({
      kind: z.string(),
      title: z.string(),
      help: z.string(),
      definedBy: z
        .enum(['leads', 'administrators'])
        .meta({ description: 'Who may define one; administrators may define any' }),
      schema: z.record(z.string(), z.unknown()).meta({ description: 'JSON Schema of its config' }),
      example: z.unknown(),
    }),
  ),
  placeholders: z.array(z.object({ name: z.string(), help: z.string() })),
  programs: z.array(z.string()).meta({ description: 'What SCHEDULER_PROGRAMS allows to run' }),
})

/** One act on a job, with what it answered. */
export const jobAct = z.object({
  id,
  act: actName,
  action: z.object({ id: id.nullable(), name: z.string() }),
  words: z.string().meta({ description: 'What was carried out: the command line, or method and address' }),
  reason: z.string(),
  by: z.string(),
  runId: id.nullable(),
  businessDate: z.string(),
  state: actState,
  askedAt: instant,
  beganAt: instant.nullable(),
  endedAt: instant.nullable(),
  exitStatus: z.number().nullable(),
  httpStatus: z.number().nullable(),
  detail: z.string().meta({ description: 'What became of it: a sentence' }),
  output: z.string().meta({ description: 'The end of what it answered; text, never HTML; secrets are masked' }),
  outputBytes: z.number(),
})
export type JobAct = z.output<typeof jobAct>

const offer = z.object({
  id,
  name: z.string(),
  act: actName,
  version: z.number(),
  words: z.string().nullable().meta({ description: 'Exactly what would be carried out; null where it cannot be' }),
  where: z.string().meta({ description: 'Where: this machine, or the host that is asked' }),
  not: z.string().nullable().meta({ description: 'Why it cannot be done now; null when it may be' }),
})
export type Offer = z.output<typeof offer>

/** What may be done to a job through its scheduler, and what hangs on it. */
export const offers = z.object({
  job: named,
  businessDate: z.string(),
  run: z.object({ id, state: z.enum(['running', 'ended']), at: instant }).nullable(),
  items: z.array(offer),
  deadlines: z
    .array(
      z.object({
        id,
        name: z.string(),
        dueAt: instant.nullable(),
        state: nightState.nullable(),
        odds: z.number().nullable(),
      }),
    )
    .meta({ description: 'Deadlines that hang on it, what needs somebody first' }),
})
export type Offers = z.output<typeof offers>

export const handOver = z.object({ job: named, note: z.string(), by: z.string(), at: instant })
export const handOverOf = z.object({ mark: handOver.nullable() })
