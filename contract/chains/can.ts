/** What may be done to a deadline in its state: null when it may, else the sentence that says why not and what to do. */
export type DeadlineFacts = { name: string; hasJob: boolean; held: boolean }

const ownJob = (d: DeadlineFacts): string | null =>
  d.hasJob ? null : `The job of ${d.name} was deleted. Give it another job, or delete it.`

export const canDeadline = {
  change: (_: DeadlineFacts): string | null => null,
  extend: ownJob,
  hold: (d: DeadlineFacts): string | null => (d.held ? `The alarms of ${d.name} are held already.` : null),
  release: (d: DeadlineFacts): string | null => (d.held ? null : `The alarms of ${d.name} are not held.`),
}
