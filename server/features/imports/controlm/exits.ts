import type { Note } from '../notebook.ts'
import type { CtmJob, CtmOutcome, CtmVerdict } from './shape.ts'

const MOST = 255

const fits = (when: CtmOutcome, exit: number, isGood: boolean): boolean => {
  if ('is' in when) return when.is === 'done' || (when.is === 'succeeded') === isGood
  const { compare, code } = when
  switch (compare) {
    case '=':
      return exit === code
    case '!=':
      return exit !== code
    case '<':
      return exit < code
    case '<=':
      return exit <= code
    case '>':
      return exit > code
    case '>=':
      return exit >= code
  }
}

/**
 * Whether it is a success. Control-M looks first at what names a status, and then at what the end has become; of those that
 * fit, one that sets it to NOTOK counts more.
 */
const verdictOn = (exit: number, verdicts: readonly CtmVerdict[]): boolean => {
  let isGood = exit === 0
  for (const namesStatus of [true, false]) {
    const fitting = verdicts.filter(({ when }) => when && 'compare' in when === namesStatus && fits(when, exit, isGood))
    if (fitting.length > 0) isGood = fitting.every((one) => one.isGood)
  }
  return isGood
}

/** Exit statuses beside 0 that are a success, by what the job sets its end to. */
export const goodExitsOf = ({ path, kind, verdicts }: CtmJob, note: Note): number[] => {
  if (verdicts.length === 0) return []
  const name = path.at(-1)
  if (kind === 'folder') {
    note(
      'exit-codes',
      'warn',
      `${name} sets its own end (OK, NOTOK). Here it ends with its last member, and as that does.`,
    )
    return []
  }
  if (!verdictOn(0, verdicts))
    note(
      'exit-codes',
      'warn',
      `${name}: exit status 0 is a failure there, and a success here: send what Control-M made of it.`,
    )
  return Array.from({ length: MOST }, (_, n) => n + 1).filter((exit) => verdictOn(exit, verdicts))
}

/** What it does at its end and has no place here is told once of all that do the same. */
export const noteLeft = ({ left }: CtmJob, note: Note): void => {
  if (left.length > 0)
    note(
      'act-left',
      'info',
      `what it does at its end by ${left.join(', ')} is kept as it was written; nothing follows from it here.`,
    )
}
