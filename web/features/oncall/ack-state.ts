import type { z } from 'zod'
import type { PageView, pageAnswer } from '../../../contract/oncall/page.ts'

export type Answer = z.output<typeof pageAnswer>
export type Given = { page: PageView; person: string; ticketNumber: string | null }

/** Where it stands for the person whose link it is. */
export type Standing =
  | { kind: 'open'; canPass: boolean; passedAt: string | null }
  | { kind: 'mine'; at: string | null }
  | { kind: 'taken'; by: string; at: string | null }
  | { kind: 'over' }

/** From what the server says now, and from what it answered a moment ago to this person's own press. */
export const standingOf = ({ page, person }: Given, answer: Answer | undefined): Standing => {
  if (page.state === 'done' || answer?.result === 'over') return { kind: 'over' }
  if (page.state === 'acknowledged') {
    const by = page.acknowledgedBy?.name ?? 'Somebody'
    return by === person ? { kind: 'mine', at: page.acknowledgedAt } : { kind: 'taken', by, at: page.acknowledgedAt }
  }
  // The page is read anew after the answer; until then the answer says it.
  if (answer?.result === 'acknowledged') return { kind: 'mine', at: answer.at }
  if (answer?.result === 'already') return { kind: 'taken', by: answer.by ?? 'Somebody', at: answer.at }
  return {
    kind: 'open',
    canPass: page.state === 'paging' && answer?.result !== 'passed',
    passedAt: answer?.result === 'passed' ? answer.at : null,
  }
}

/** Why this person was turned to, the latest time; and who was before. */
export const whyOf = ({ page, person }: Given): { why: string | undefined; before: PageView['targets'] } => {
  const index = page.targets.findLastIndex(({ user }) => user?.name === person)
  return { why: page.targets[index]?.why, before: page.targets.slice(0, Math.max(index, 0)) }
}

/** The title without the number, which stands above it. */
export const titleOf = ({ page, ticketNumber }: Given): string =>
  ticketNumber && page.title.startsWith(`${ticketNumber} `) ? page.title.slice(ticketNumber.length + 1) : page.title
