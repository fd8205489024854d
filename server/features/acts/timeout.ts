import { z } from 'zod'

/** How long an act may take: whoever acts waits for its answer. */
export const timeoutSeconds = z
  .number()
  .int('must be a whole number')
  .min(1, 'must be 1 to 120')
  .max(120, 'must be 1 to 120')
  .default(30)
  .meta({ title: 'Time limit', unit: 'seconds', advanced: true })
