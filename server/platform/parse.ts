import type { z } from 'zod'
import { AppError } from './errors.ts'

/** Parses, or throws `invalid_input` with one entry a field: `steps.0.delay: must be …`. */
export const parseInput = <S extends z.ZodType>(schema: S, input: unknown): z.output<S> => {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  throw invalidInput(parsed.error.issues)
}

export const invalidInput = (issues: readonly { path?: readonly PropertyKey[]; message: string }[]): AppError => {
  const fields = issues.map((i) => ({ field: (i.path ?? []).map(String).join('.') || 'body', problem: i.message }))
  return new AppError('invalid_input', fields.map((f) => `${f.field}: ${f.problem}`).join('; '), { fields })
}
