import type { ApprovalState } from '../../../contract/requests/index.ts'

export type Said = { seat: string; state: ApprovalState }
export type Outcome = 'waiting' | 'passed' | 'refused'

/**
 * Where a stage stands. One refusal is enough to refuse. A seat has approved when anybody who sits there has: whoever
 * stands in for somebody sits in his seat. With `all`, every seat must approve; else one is enough.
 */
export const stageOutcome = (all: boolean, said: readonly Said[]): Outcome => {
  if (said.some(({ state }) => state === 'refused')) return 'refused'
  const seats = new Set(said.map(({ seat }) => seat))
  const approved = new Set(said.filter(({ state }) => state === 'approved').map(({ seat }) => seat))
  const enough = all ? approved.size === seats.size : approved.size > 0
  return enough && approved.size > 0 ? 'passed' : 'waiting'
}
