import type { z } from 'zod'

/** For `.superRefine`: a parser's own sentence becomes the field's problem. */
export const explained =
  (parse: (text: string) => unknown) =>
  (text: string, context: z.RefinementCtx): void => {
    try {
      parse(text)
    } catch (error) {
      context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : String(error) })
    }
  }
