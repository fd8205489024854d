import type { Condition } from '../../../contract/jobs/waits.ts'

/** Several conditions as one, each once; those of the same kind inside are taken up. null: there is none. */
export const joined = (kind: 'all' | 'any', of: readonly Condition[]): Condition | null => {
  const [first, second] = of
  if (!second) return first ?? null
  const flat = of.flatMap((c) => (c.kind === kind && 'of' in c ? c.of : [c]))
  const unlike = [...new Map(flat.map((c) => [JSON.stringify(c), c])).values()]
  const [only] = unlike
  return unlike.length === 1 && only ? only : { kind, of: unlike }
}
