import { z } from 'zod'
import { maskSecrets } from '../../../platform/mask-secrets.ts'
import { defineActionKind, lookFirst, type Outcome } from '../define-kind.ts'
import { fillArgument, unfilled, unknownPlaceholder } from '../fill.ts'
import { type Ran, runProgram } from '../run-program.ts'
import { timeoutSeconds } from '../timeout.ts'

const program = z
  .string()
  .max(1_000, 'must have at most 1,000 characters')
  .regex(/^\/[^\0\r\n]+$/, 'must be a full path, such as /opt/autosys/bin/sendevent')
const argument = z
  .string()
  .max(4_000, 'must have at most 4,000 characters')
  .regex(/^[^\0\r\n]*$/, 'must be one line')
  .superRefine((text, context) => {
    const problem = unknownPlaceholder(text)
    if (problem) context.addIssue({ code: 'custom', message: problem })
  })

const plan = z.object({ program: z.string(), arguments: z.array(z.string()), timeoutSeconds: z.number() })

const quoted = (word: string): string => (/^[\w./:=@%+,{}-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)

export const command = defineActionKind({
  kind: 'command',
  title: 'Program',
  help: 'Runs a program of the machine on which Watchfloor works, such as the client of a scheduler. Only programs that the server’s setting SCHEDULER_PROGRAMS names; never a shell, and each argument goes to the program as it is. Exit status 0 means that it was taken.',
  config: z.strictObject({
    program: program.meta({ title: 'Program', placeholder: '/opt/autosys/bin/sendevent' }),
    arguments: z.array(argument).max(50, 'must be at most 50').default([]).meta({
      title: 'Arguments',
      description: 'One a line; {job} and the like stand for values of the job.',
      placeholder: '-J',
    }),
    timeoutSeconds,
  }),
  example: {
    program: '/opt/autosys/bin/sendevent',
    arguments: ['-E', 'FORCE_STARTJOB', '-J', '{job}'],
    timeoutSeconds: 30,
  },
  plan,
  definedBy: 'administrators',
  keeps: 'end',
  refuse: (config, { programs }) => refusedProgram(config.program, programs) ?? refusedSecret(config.arguments),
  prepare: (config, values) => ({
    program: config.program,
    arguments: config.arguments.map(values ? fillArgument(values) : unfilled),
    timeoutSeconds: config.timeoutSeconds,
  }),
  words: (p) => ({
    what: maskSecrets([p.program, ...p.arguments].map(quoted).join(' ')),
    where: 'the machine on which Watchfloor works',
  }),
  async run(p, _, { programs, signal }) {
    // It may have been taken off the list since it was asked.
    const refused = refusedProgram(p.program, programs)
    if (refused) return { state: 'failed', detail: `It was not run: ${p.program} ${refused.problem}` }
    const ran = await runProgram(p.program, p.arguments, { timeoutMs: p.timeoutSeconds * 1_000, signal })
    return { ...outcomeOf(ran, p.timeoutSeconds), output: ran.output, outputBytes: ran.bytes }
  },
})

const refusedProgram = (path: string, programs: readonly string[]) =>
  programs.includes(path)
    ? null
    : {
        field: 'program',
        problem: `is none of the programs that may be run${programs.length > 0 ? ` (${programs.join(', ')})` : ''}: who runs the server adds it to SCHEDULER_PROGRAMS.`,
      }

const refusedSecret = (given: readonly string[]) => {
  const text = given.join(' ')
  return maskSecrets(text) === text
    ? null
    : {
        field: 'arguments',
        problem: 'seem to hold a secret, which everybody could read: let the program read it from a file.',
      }
}

const outcomeOf = (ran: Ran, seconds: number): Outcome => {
  const status = ran.exitStatus ?? undefined
  const exit = status === undefined ? {} : { exitStatus: status }
  if (ran.end === 'not_started') return { state: 'failed', detail: `It could not be started: ${ran.why}.` }
  if (ran.end === 'timeout')
    return { state: 'unknown', detail: `It was ended after ${seconds} s, its time limit; ${lookFirst}`, ...exit }
  if (ran.end === 'aborted')
    return { state: 'unknown', detail: `It was ended because Watchfloor was being stopped; ${lookFirst}`, ...exit }
  if (ran.end === 'signal') return { state: 'unknown', detail: `It was ended by ${ran.why}; ${lookFirst}` }
  return { state: status === 0 ? 'done' : 'failed', detail: `It ended with exit status ${status}.`, ...exit }
}
