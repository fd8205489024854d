import { z } from 'zod'
import { instant } from '../base.ts'
import { type Level, levels } from './words.ts'

const cell = z.literal([1, 2, 3, 4, 5], 'must be 1 to 5')
const row = z.object({ high: cell, medium: cell, low: cell })

/**
 * More impact or more urgency never gives a less pressing priority. Throws at the cell that does, because a matrix
 * that is wrong there would hide what hurts most.
 */
export const priorityMatrixShape = z.object({ high: row, medium: row, low: row }).superRefine((matrix, ctx) => {
  for (const [i, impact] of levels.entries())
    for (const [j, urgency] of levels.entries()) {
      const here = matrix[impact][urgency]
      const above = i > 0 ? matrix[levels[i - 1] as Level][urgency] : here
      const before = j > 0 ? matrix[impact][levels[j - 1] as Level] : here
      if (above > here || before > here)
        ctx.addIssue({
          code: 'custom',
          path: [impact, urgency],
          message: `must not be more pressing than ${above > here ? 'with more impact' : 'with more urgency'}`,
        })
    }
})

export const matrixView = z.object({ matrix: priorityMatrixShape, updatedAt: instant, version: z.int() })
export const changeMatrixInput = z.object({ matrix: priorityMatrixShape })
