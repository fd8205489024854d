import type { z } from 'zod'
import type { Net } from '../../../checks/lib/net.ts'
import { secretPaths, secretsIn } from '../../../checks/lib/secrets.ts'
import type { Values } from './fill.ts'
import { maskAnswer } from './mask-answer.ts'

/** How an act ended. `unknown`: it may have been taken, and nobody knows. `detail` is a sentence for people. */
export type Outcome = {
  state: 'done' | 'failed' | 'unknown'
  detail: string
  exitStatus?: number
  httpStatus?: number
  output?: string
  outputBytes?: number
}

export type Tools = {
  /** Outgoing connections under the installation's address rules. */
  net: Net
  /** What SCHEDULER_PROGRAMS allows to run. */
  programs: readonly string[]
  signal: AbortSignal
}

type Definition<Config extends z.ZodObject, Plan extends z.ZodType> = {
  /** The same as the file's name. */
  kind: string
  title: string
  help: string
  /** A secret field is marked by `.meta({ secret: true })`. */
  config: Config
  example: z.input<Config>
  /** What is carried out, and kept as evidence: it holds no secret. */
  plan: Plan
  /** Who may define one: what runs on the machine of Watchfloor reaches further than a team. */
  definedBy: 'leads' | 'administrators'
  /** Which part of a long answer tells most. */
  keeps: 'beginning' | 'end'
  /** Beyond its shape: why it cannot be defined here, by field; null when it can. */
  refuse(config: z.output<Config>, tools: Pick<Tools, 'programs'>): { field: string; problem: string } | null
  /** With the values of a job; null: as it is defined, with its placeholders. Throws a CannotFill. */
  prepare(config: z.output<Config>, values: Values | null): z.output<Plan>
  /** The plan as people confirm it, and where it is carried out. */
  words(plan: z.output<Plan>): { what: string; where: string }
  run(plan: z.output<Plan>, config: z.output<Config>, tools: Tools): Promise<Outcome>
}

export type ActionKind = Omit<
  Definition<z.ZodObject, z.ZodType>,
  'example' | 'refuse' | 'prepare' | 'words' | 'run'
> & {
  example: unknown
  refuse(config: unknown, tools: Pick<Tools, 'programs'>): { field: string; problem: string } | null
  prepare(config: unknown, values: Values | null): unknown
  words(plan: unknown): { what: string; where: string }
  /** Never rejects, and tells no secret: whatever goes wrong is an outcome. */
  run(plan: unknown, config: unknown, tools: Tools): Promise<Required<Outcome> | Outcome>
}

export const notSent = 'Nothing was sent: Watchfloor was being stopped. Ask again.'
export const lookFirst = 'it may have been done: look before you repeat.'

export const defineActionKind = <Config extends z.ZodObject, Plan extends z.ZodType>(
  definition: Definition<Config, Plan>,
): ActionKind => ({
  ...definition,
  refuse: (config, tools) => definition.refuse(definition.config.parse(config), tools),
  // Of what is stored, which was parsed when it was defined; marks that stand for secrets would not pass once more.
  prepare: (config, values) => definition.prepare(config as z.output<Config>, values),
  words: (plan) => definition.words(definition.plan.parse(plan)),
  async run(plan, config, tools) {
    const secrets = secretsIn(secretPaths(definition.config), config)
    const outcome = await attempt(() => {
      if (tools.signal.aborted) return Promise.resolve<Outcome>({ state: 'failed', detail: notSent })
      return definition.run(definition.plan.parse(plan), definition.config.parse(config), tools)
    })
    const { detail, output, ...rest } = outcome
    return {
      ...rest,
      detail: maskAnswer(detail, secrets, 'beginning'),
      ...(output === undefined ? {} : { output: maskAnswer(output, secrets, definition.keeps) }),
    }
  },
})

const attempt = async (run: () => Promise<Outcome>): Promise<Outcome> => {
  try {
    return await run()
  } catch (error) {
    // Whatever an unforeseen fault is, it is no proof that nothing was done.
    const message = error instanceof Error ? error.message : String(error)
    return { state: 'unknown', detail: `It went wrong in a way that was not foreseen (${message}); ${lookFirst}` }
  }
}
