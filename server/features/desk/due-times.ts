import type { Context } from '../../platform/context.ts'
import { dueTimes } from '../sla/index.ts'

/** The due times of a ticket as its row keeps them, with how they were computed. Counted from its opening. */
export const dueColumns = async (
  ctx: Context,
  t: { priority: number; calendarId: string | null; openedAt: Temporal.Instant },
) => {
  const due = await dueTimes(ctx, { priority: t.priority, calendarId: t.calendarId, from: t.openedAt })
  return {
    first_response_due_at: due.firstResponseDueAt,
    resolution_due_at: due.resolutionDueAt,
    sla: JSON.stringify(due.derivation),
  }
}

/** The sentences of a stored derivation. */
export const derivationSentences = (sla: unknown): string[] => {
  const sentences = (sla as { sentences?: unknown } | null)?.sentences
  return Array.isArray(sentences) ? sentences.map(String) : []
}
