import { z } from 'zod'
import { priorityMatrixShape } from '../../../contract/desk/index.ts'
import { declare, given } from '../../platform/declare/declaration.ts'
import { parseInput } from '../../platform/parse.ts'
import { changeMatrix, matrixNow } from './matrix.ts'

const { high, medium, low } = priorityMatrixShape.shape
const schema = z.strictObject({ high: high.optional(), medium: medium.optional(), low: low.optional() })

/** Impact × urgency = priority; there is one such matrix. */
export const matrixDeclaration = declare<z.output<typeof schema>>({
  kind: 'priority-matrix',
  help: 'The priority, 1 to 5, that follows from impact (`high`, `medium`, `low`) and, in each of these, urgency.',
  key: [],
  schema,
  stored: async (ctx) => [{ id: 'matrix', item: await matrixNow(ctx) }],
  async write(ctx, wanted) {
    const matrix = parseInput(priorityMatrixShape, { ...(await matrixNow(ctx)), ...given(wanted) })
    await changeMatrix.run(ctx, { matrix })
  },
})
