import type { Note } from '../notebook.ts'
import type { CtmAdded, CtmEvent, CtmForced, CtmJob, CtmOutcome, CtmVerdict } from './shape.ts'
import { outcomeOf } from './words.ts'

/** What a job does when it has ended in a certain way. `left`: what has no place here, in the word of its file. */
export type Act =
  | { added: CtmAdded }
  | { deleted: CtmEvent }
  | { forced: CtmForced }
  | { verdict: CtmVerdict }
  | { left: string }

/**
 * The end that what stands below it waits for. What only an output or a count of runs says is taken as any end, with a
 * note. `text`: as its file says it.
 */
export const endOf = (
  code: string,
  text: string,
  isByStatus: boolean,
): { when: CtmOutcome; isRead: boolean; text: string } => {
  const read = isByStatus ? outcomeOf(code) : null
  return { when: read ?? { is: 'done' }, isRead: read !== null, text: text.replace(/\s+/g, ' ').trim().slice(0, 200) }
}

export const noteUnread = (
  name: string,
  { isRead, text }: ReturnType<typeof endOf>,
  acts: readonly Act[],
  note: Note,
) => {
  if (!isRead && acts.some((act) => 'added' in act || 'forced' in act))
    note('if-unread', 'warn', `${name}: ${text} decides over others, which no exit status says; taken as done.`)
  if (!isRead && acts.some((act) => 'verdict' in act))
    note(
      'exit-codes',
      'warn',
      `${name}: ${text} decides whether it has ended well, which no exit status says: send what Control-M made of it.`,
    )
}

/** By their kinds, as a job keeps them. */
export const sorted = (acts: readonly Act[]): Pick<CtmJob, 'adds' | 'deletes' | 'forces' | 'verdicts' | 'left'> => ({
  adds: acts.flatMap((act) => ('added' in act ? [act.added] : [])),
  deletes: acts.flatMap((act) => ('deleted' in act ? [act.deleted] : [])),
  forces: acts.flatMap((act) => ('forced' in act ? [act.forced] : [])),
  verdicts: acts.flatMap((act) => ('verdict' in act ? [act.verdict] : [])),
  left: [...new Set(acts.flatMap((act) => ('left' in act ? [act.left] : [])))].sort(),
})
