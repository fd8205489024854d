import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { changeMatrixInput, type PriorityMatrix, priorityMatrixShape } from '../../../contract/desk/index.ts'
import type { ReadContext } from '../../platform/context.ts'
import { AppError } from '../../platform/errors.ts'
import { query } from '../../platform/query.ts'
import { verb } from '../../platform/verb.ts'
import { matrixChanged } from './events-clocks.ts'

const stored = async (ctx: Pick<ReadContext, 'db'>) => {
  const row = await ctx.db.selectFrom('priority_matrix').selectAll().executeTakeFirstOrThrow()
  return { matrix: priorityMatrixShape.parse(row.matrix), updatedAt: row.updated_at, version: row.version }
}

/** Impact × urgency = priority, as it stands now. */
export const matrixNow = async (ctx: Pick<ReadContext, 'db'>): Promise<PriorityMatrix> => (await stored(ctx)).matrix

export const readMatrix = query('desk.matrix', {
  permission: 'matrix.read',
  input: z.object({}),
  run: (ctx) => stored(ctx),
})

/** Changes the matrix. New tickets, and those whose impact or urgency changes, get their priority by it; the others keep theirs. */
export const changeMatrix = verb('desk.change_matrix', {
  permission: 'matrix.write',
  input: changeMatrixInput,
  async run(ctx, { matrix }) {
    await ctx.db.selectFrom('priority_matrix').select('version').forUpdate().execute()
    const before = await stored(ctx)
    if (ctx.expected !== null && ctx.expected !== before.version)
      throw new AppError(
        'stale',
        'Somebody changed the matrix since you read it. Load it again and repeat your change.',
      )
    if (isDeepStrictEqual(matrix, before.matrix)) return ctx.unchanged(before)
    await ctx.db
      .updateTable('priority_matrix')
      .set({ matrix: JSON.stringify(matrix), updated_at: ctx.now(), version: before.version + 1 })
      .execute()
    ctx.record(matrixChanged, { subject: 'desk:matrix', data: { before: before.matrix, after: matrix } })
    return { matrix, updatedAt: ctx.now(), version: before.version + 1 }
  },
})
